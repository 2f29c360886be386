"""The map for asyncio."""

import asyncio
from typing import Dict, Generic, Iterable, Mapping, TypeVar

from throughline.map_operations import MapOperations
from throughline.outcomes import Decision, Reading, ServedBy

V = TypeVar("V")


class AsyncResilientMap(Generic[V]):
    """As :class:`~throughline.ResilientMap`, to be awaited.

    A task that is cancelled stops waiting; what it sent goes on.
    """

    def __init__(self, operations: MapOperations[V]):
        self._operations = operations

    @property
    def name(self) -> str:
        return self._operations.settings.name

    async def put(self, key: str, value: V) -> ServedBy:
        return await asyncio.wrap_future(self._operations.put(key, value))

    async def get(self, key: str) -> Reading[V]:
        return await asyncio.wrap_future(self._operations.get(key))

    async def remove(self, key: str) -> ServedBy:
        return await asyncio.wrap_future(self._operations.remove(key))

    async def put_if_absent(self, key: str, value: V) -> Decision[V]:
        return await asyncio.wrap_future(self._operations.put_if_absent(key, value))

    async def replace(self, key: str, expected: V, value: V) -> Decision[V]:
        return await asyncio.wrap_future(self._operations.replace(key, expected, value))

    async def put_all(self, entries: Mapping[str, V]) -> Dict[str, ServedBy]:
        return await asyncio.wrap_future(self._operations.put_all(entries))

    async def get_all(self, keys: Iterable[str]) -> Dict[str, Reading[V]]:
        return await asyncio.wrap_future(self._operations.get_all(keys))

    def __repr__(self) -> str:
        return f"AsyncResilientMap({self.name!r})"
