"""Which members are known to be slow, so that the wait for them is not paid each time."""

import logging
import threading
from collections import deque
from enum import Enum
from typing import Callable, Deque, Dict, Optional, Tuple
from uuid import UUID

_CALLS = 6
_FAILURES_TO_OPEN = 3
_PROBE_SECONDS = 1.0

_log = logging.getLogger("throughline")


class Work(Enum):
    """A write waits for every copy, so a stalled member slows the writes of all owners, and the reads of its own keys."""

    READ = "reads"
    WRITE = "writes"


class Breaker:
    """For one member, one shard and one kind of work. Thread-safe.

    Opens after 3 failures among the last 6 calls; then one call each second is a probe, and a success closes it. Only the
    calls that say something about the member are noted: where the shard was slow as well, the member is not at fault.
    """

    def __init__(self, name: str, clock: Callable[[], float]):
        self._name = name
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: Deque[bool] = deque(maxlen=_CALLS)
        self._open = False
        self._next_probe = 0.0

    @property
    def is_open(self) -> bool:
        return self._open

    def allows(self) -> bool:
        """Whether to ask the member now. Where it is open, a true answer is the probe."""
        with self._lock:
            if not self._open:
                return True
            now = self._clock()
            if now < self._next_probe:
                return False
            self._next_probe = now + _PROBE_SECONDS
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures.append(False)
            if self._open:
                self._open = False
                self._failures.clear()
                _log.info("%s answers again: they go through the cache", self._name)

    def failed(self) -> None:
        with self._lock:
            self._failures.append(True)
            if not self._open and sum(self._failures) >= _FAILURES_TO_OPEN:
                self._open = True
                self._next_probe = self._clock() + _PROBE_SECONDS
                _log.warning("%s is slow: they go straight to the shard", self._name)


class Breakers:
    """One for each member, shard and kind of work. Thread-safe."""

    def __init__(self, clock: Callable[[], float]):
        self._clock = clock
        self._lock = threading.Lock()
        self._breakers: Dict[Tuple[Optional[UUID], str, Work], Breaker] = {}

    def of(self, member: Optional[UUID], shard: str, work: Work) -> Breaker:
        with self._lock:
            breaker = self._breakers.get((member, shard, work))
            if breaker is None:
                breaker = Breaker(f"member {member} for {work.value} of {shard}", self._clock)
                self._breakers[member, shard, work] = breaker
            return breaker
