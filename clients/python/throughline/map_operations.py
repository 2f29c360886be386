"""The operations on one map, each as a future that always ends.

The two forms of the map, resilient_map.py and aio.py, only wait for these in their own way. An operation's way: its row
is checked, its member asked (cache_try.py), and where that is slow, its shard (lane.py, shard.py).
"""

import secrets
import time
from concurrent.futures import Future
from functools import partial
from typing import Any, Callable, Dict, Generic, Iterable, List, Mapping, Optional, TypeVar, cast

from hazelcast.proxy.map import Map

from throughline.copies import DirectWrite
from throughline.errors import RefusedError
from throughline.fallbacks import Fallbacks, Route
from throughline.invalidations import Invalidations
from throughline.operation import Verb, named
from throughline.outcomes import Decision, Reading, ServedBy
from throughline.overlay import Overlay
from throughline.resilient_get import ResilientGet
from throughline.resilient_write import ResilientDecision, ResilientPut
from throughline.rows import Codec, Column, InvalidRow, check_key
from throughline.settings import MapSettings
from throughline.shard import DirectOutcome
from throughline.side_by_side import side_by_side
from throughline.statements import Kind

V = TypeVar("V")
R = TypeVar("R")


class MapOperations(Generic[V]):
    """Thread-safe. Raises RefusedError at once for a key or value that can't be a row."""

    def __init__(self, fallbacks: Fallbacks, settings: MapSettings, cache: "Map[str, Any]"):
        self.settings = settings
        self._fallbacks = fallbacks
        self._cache = cache
        self._codec = Codec.of(settings)
        self._overlay = Overlay(fallbacks.settings.overlay, time.monotonic)
        self._invalidations = Invalidations(cache, self._overlay, fallbacks.pauses)

    def put(self, key: str, value: V) -> "Future[ServedBy]":
        route = self._route(Verb.PUT, key)
        column = self._column(route, value)
        write = self._write(route, Kind.PUT, column)
        put = ResilientPut(route, write, self._cache, self._invalidations, self._fallbacks.timeouts)
        return put.start(self._codec.cached(column))

    def get(self, key: str) -> "Future[Reading[V]]":
        route = self._route(Verb.LOAD, key)
        return ResilientGet(
            route, self.settings, self._cache, self._overlay, self._fallbacks.timeouts, self._value
        ).start()

    def remove(self, key: str) -> "Future[ServedBy]":
        route = self._route(Verb.REMOVE, key)
        return self._decide(route, self._write(route, Kind.REMOVE), lambda _: ServedBy.SHARD)

    def put_if_absent(self, key: str, value: V) -> "Future[Decision[V]]":
        route = self._route(Verb.PUT, key)
        column = self._column(route, value)
        return self._decide(route, self._write(route, Kind.PUT_IF_ABSENT, column), self._decision)

    def replace(self, key: str, expected: V, value: V) -> "Future[Decision[V]]":
        route = self._route(Verb.PUT, key)
        was, column = self._column(route, expected), self._column(route, value)
        return self._decide(route, self._write(route, Kind.REPLACE, column, was), self._decision)

    def put_all(self, entries: Mapping[str, V]) -> "Future[Dict[str, ServedBy]]":
        # Every entry is checked before one is sent.
        for key, value in entries.items():
            self._column(self._route(Verb.PUT, key), value)
        return side_by_side({key: partial(self.put, key, value) for key, value in entries.items()})

    def get_all(self, keys: Iterable[str]) -> "Future[Dict[str, Reading[V]]]":
        wanted: List[str] = list(keys)
        for key in wanted:
            self._route(Verb.LOAD, key)
        return side_by_side({key: partial(self.get, key) for key in wanted})

    def _decide(self, route: Route, write: DirectWrite, result: Callable[[DirectOutcome], R]) -> "Future[R]":
        return ResilientDecision(
            route, write, self._overlay, self._invalidations, self._fallbacks.timeouts, result
        ).start()

    def _decision(self, outcome: DirectOutcome) -> Decision[V]:
        return Decision(outcome.applied, self._value(outcome.column))

    def _value(self, found: Any) -> Optional[V]:
        return None if found is None else cast(V, self._codec.value(found))

    def _route(self, verb: Verb, key: str) -> Route:
        try:
            check_key(key)
        except InvalidRow as fault:
            what = f"{named(verb, self.settings.name, key)}: {fault.fault}. Nothing was sent. Correct the key."
            raise RefusedError(fault.code, what) from None
        return self._fallbacks.route(verb, self.settings.name, key)

    def _column(self, route: Route, value: V) -> Column:
        try:
            return self._codec.column(value)
        except InvalidRow as fault:
            raise route.operation.refused(fault.code, fault.fault, "Correct the value.") from None

    def _write(
        self, route: Route, kind: Kind, value: Optional[Column] = None, expected: Optional[Column] = None
    ) -> DirectWrite:
        return DirectWrite(kind, route.operation, self.settings, value, expected, _new_id(kind))


def _new_id(kind: Kind) -> int:
    """Odd where a condition decides: what was written without one overwrites whatever came before it."""
    random = secrets.randbits(63)
    return random | 1 if kind.conditional else random & ~1
