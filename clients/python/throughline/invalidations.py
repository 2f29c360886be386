"""Tells the cache that a row has changed."""

import logging
import threading
import time
from concurrent.futures import Future
from typing import Any, Callable

from hazelcast.future import Future as CacheFuture
from hazelcast.proxy.map import Map

from throughline.overlay import Overlay
from throughline.timeouts import Timeouts

PAUSE_SECONDS = 1.0

# By then a silent owner has been dropped, and what it held has expired.
_PATIENCE_SECONDS = 30.0

_MOST = 10_000

_log = logging.getLogger("throughline")


class Invalidations:
    """Of one map. Thread-safe.

    An evict queues behind whatever its partition is doing. One that fails is sent again for a while; the key stays in the
    overlay until one was answered, as what the owner had under way may still put the older value into memory.

    Each write sends its own at once, as the owner runs it before it is answered: that can take until a stalled backup is
    dropped. Without any member each waits in Hazelcast for two minutes, so their number is bounded; a key beyond that is
    left to its time to live.
    """

    def __init__(
        self, cache: "Map[str, Any]", overlay: Overlay, pauses: Timeouts, clock: Callable[[], float] = time.monotonic
    ):
        self._cache = cache
        self._overlay = overlay
        self._pauses = pauses
        self._clock = clock
        self._lock = threading.Lock()
        self._unanswered = 0

    def of(self, key: str) -> "Future[None]":
        """From now on this client reads the key from its shard. Ends when the cache has been told, or never could be."""
        told: "Future[None]" = Future()
        with self._lock:
            full = self._unanswered >= _MOST
            if not full:
                self._unanswered += 1
        if full:
            self._overlay.add(key)
            told.set_result(None)
        else:
            self._overlay.evict_sent(key)
            self._tell(key, self._clock() + _PATIENCE_SECONDS, told)
        return told

    def _tell(self, key: str, until: float, told: "Future[None]") -> None:
        try:
            self._cache.evict(key).add_done_callback(lambda answer: self._answered(key, until, told, answer))
        except Exception:
            self._again(key, until, told)

    def _answered(self, key: str, until: float, told: "Future[None]", answer: "CacheFuture[bool]") -> None:
        if answer.is_success():
            self._end(key, told)
        else:
            self._again(key, until, told)

    def _again(self, key: str, until: float, told: "Future[None]") -> None:
        if self._clock() >= until or not self._pauses.start(lambda: self._tell(key, until, told)):
            _log.debug("no member has taken the eviction of a key of %s", self._cache.name)
            self._end(key, told)

    def _end(self, key: str, told: "Future[None]") -> None:
        self._overlay.evict_answered(key)
        with self._lock:
            self._unanswered -= 1
        told.set_result(None)
