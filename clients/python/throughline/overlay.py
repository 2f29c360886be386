"""The keys that this client reads from their shard for a while, because the cache may hold what was before."""

import threading
from typing import Callable, Dict


class Overlay:
    """Keys of one map, without values. Thread-safe.

    A key stays for the maps' time to live after its last direct write, and after the answer to the evict that followed:
    until then a member may load or keep what was before. While an evict has no answer, its key stays.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]):
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        # In the order of their ends, as all stay equally long.
        self._until: Dict[str, float] = {}
        self._evicts: Dict[str, int] = {}

    def __contains__(self, key: str) -> bool:
        with self._lock:
            return key in self._evicts or self._until.get(key, 0.0) > self._clock()

    def __len__(self) -> int:
        with self._lock:
            return len(self._until.keys() | self._evicts.keys())

    def add(self, key: str) -> None:
        with self._lock:
            self._add(key)

    def evict_sent(self, key: str) -> None:
        with self._lock:
            self._add(key)
            self._evicts[key] = self._evicts.get(key, 0) + 1

    def evict_answered(self, key: str) -> None:
        with self._lock:
            left = self._evicts.pop(key) - 1
            if left:
                self._evicts[key] = left
            self._add(key)

    def _add(self, key: str) -> None:
        now = self._clock()
        self._until.pop(key, None)
        self._until[key] = now + self._seconds
        while True:
            oldest = next(iter(self._until))
            if self._until[oldest] > now:
                return
            del self._until[oldest]
