"""Tells the cache that a row has changed."""

import logging
from concurrent.futures import Future
from typing import Any

from hazelcast.future import Future as CacheFuture
from hazelcast.proxy.map import Map

from throughline.overlay import Overlay
from throughline.timeouts import Timeouts

PAUSE_SECONDS = 1.0

# By then a silent owner has been dropped, and what it held has expired.
_TRIES = 30

_log = logging.getLogger("throughline")


class Invalidations:
    """Of one map. Thread-safe.

    An evict queues behind whatever its partition is doing. One that fails is sent again for a while; the key stays in the
    overlay until one was answered, as what the owner had under way may still put the older value into memory.
    """

    def __init__(self, cache: "Map[str, Any]", overlay: Overlay, pauses: Timeouts):
        self._cache = cache
        self._overlay = overlay
        self._pauses = pauses

    def of(self, key: str) -> "Future[None]":
        """From now on this client reads the key from its shard. Ends when the cache has been told, or never could be."""
        told: "Future[None]" = Future()
        self._overlay.evict_sent(key)
        self._tell(key, 1, told)
        return told

    def _tell(self, key: str, number: int, told: "Future[None]") -> None:
        try:
            self._cache.evict(key).add_done_callback(lambda answer: self._answered(key, number, told, answer))
        except Exception:
            self._again(key, number, told)

    def _answered(self, key: str, number: int, told: "Future[None]", answer: "CacheFuture[bool]") -> None:
        if answer.is_success():
            self._end(key, told)
        else:
            self._again(key, number, told)

    def _again(self, key: str, number: int, told: "Future[None]") -> None:
        if number == _TRIES:
            _log.debug("no member has taken the eviction of a key of %s", self._cache.name)
            self._end(key, told)
        else:
            self._pauses.start(lambda: self._tell(key, number + 1, told))

    def _end(self, key: str, told: "Future[None]") -> None:
        self._overlay.evict_answered(key)
        told.set_result(None)
