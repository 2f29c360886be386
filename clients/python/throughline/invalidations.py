"""Tells the cache that a row has changed."""

import logging
import threading
import time
from concurrent.futures import Future
from typing import Any, Callable, Dict, List

from hazelcast.future import Future as CacheFuture
from hazelcast.proxy.map import Map

from throughline.overlay import Overlay
from throughline.timeouts import Timeouts

PAUSE_SECONDS = 1.0

# By then a silent owner has been dropped, and what it held has expired.
_PATIENCE_SECONDS = 30.0

_MOST_KEYS = 10_000

_log = logging.getLogger("throughline")


class Invalidations:
    """Of one map. Thread-safe.

    An evict queues behind whatever its partition is doing. One that fails is sent again for a while; the key stays in the
    overlay until one was answered, as what the owner had under way may still put the older value into memory.

    One evict of a key at a time, and of a bounded number of keys: without any member each would wait in Hazelcast for two
    minutes. A key beyond that is left to its time to live.
    """

    def __init__(
        self, cache: "Map[str, Any]", overlay: Overlay, pauses: Timeouts, clock: Callable[[], float] = time.monotonic
    ):
        self._cache = cache
        self._overlay = overlay
        self._pauses = pauses
        self._clock = clock
        self._lock = threading.Lock()
        # Of each key that has an evict under way, who waits for the one after it.
        self._waiting: "Dict[str, List[Future[None]]]" = {}

    def of(self, key: str) -> "Future[None]":
        """From now on this client reads the key from its shard. Ends when the cache has been told, or never could be."""
        told: "Future[None]" = Future()
        with self._lock:
            waiting = self._waiting.get(key)
            full = waiting is None and len(self._waiting) >= _MOST_KEYS
            if full:
                self._overlay.add(key)
            else:
                self._overlay.evict_sent(key)
                if waiting is None:
                    self._waiting[key] = []
                else:
                    # What is under way was sent before this write; its end sends one for all that wait.
                    waiting.append(told)
        if full:
            told.set_result(None)
        elif waiting is None:
            self._start(key, [told])
        return told

    def _start(self, key: str, telling: "List[Future[None]]") -> None:
        self._tell(key, self._clock() + _PATIENCE_SECONDS, telling)

    def _tell(self, key: str, until: float, telling: "List[Future[None]]") -> None:
        try:
            self._cache.evict(key).add_done_callback(lambda answer: self._answered(key, until, telling, answer))
        except Exception:
            self._again(key, until, telling)

    def _answered(
        self, key: str, until: float, telling: "List[Future[None]]", answer: "CacheFuture[bool]"
    ) -> None:
        if answer.is_success():
            self._end(key, telling)
        else:
            self._again(key, until, telling)

    def _again(self, key: str, until: float, telling: "List[Future[None]]") -> None:
        if self._clock() >= until:
            _log.debug("no member has taken the eviction of a key of %s", self._cache.name)
            self._end(key, telling)
        else:
            self._pauses.start(lambda: self._tell(key, until, telling))

    def _end(self, key: str, telling: "List[Future[None]]") -> None:
        with self._lock:
            following = self._waiting.pop(key)
            if following:
                self._waiting[key] = []
        for told in telling:
            self._overlay.evict_answered(key)
            told.set_result(None)
        if following:
            self._start(key, following)
