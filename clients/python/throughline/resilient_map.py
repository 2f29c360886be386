"""The map whose operations block."""

from typing import Dict, Generic, Iterable, Mapping, TypeVar

from throughline.map_operations import MapOperations
from throughline.outcomes import Decision, Reading, ServedBy

V = TypeVar("V")


class ResilientMap(Generic[V]):
    """A map of the grid that a slow or lost member doesn't hold up.

    Keys are strings of 1 to 512 bytes. Values are ``str``, ``HazelcastJsonValue`` or ``bytes``, as the map's value-format
    has it. Thread-safe.

    Every operation raises :class:`~throughline.RefusedError` where nothing was stored, and a write
    :class:`~throughline.UnknownOutcomeError` where it may be stored, now or later.
    """

    def __init__(self, operations: MapOperations[V]):
        self._operations = operations

    @property
    def name(self) -> str:
        return self._operations.settings.name

    def put(self, key: str, value: V) -> ServedBy:
        """When this returns, the value is on a quorum of its shard."""
        return self._operations.put(key, value).result()

    def get(self, key: str) -> Reading[V]:
        """What was written last, by this client at least; by others at most one time to live ago."""
        return self._operations.get(key).result()

    def remove(self, key: str) -> ServedBy:
        """Straight at the shard, whether or not there is such a key."""
        return self._operations.remove(key).result()

    def put_if_absent(self, key: str, value: V) -> Decision[V]:
        """The shard decides, not what the cache holds."""
        return self._operations.put_if_absent(key, value).result()

    def replace(self, key: str, expected: V, value: V) -> Decision[V]:
        """The shard decides, not what the cache holds. JSON is compared byte for byte."""
        return self._operations.replace(key, expected, value).result()

    def put_all(self, entries: Mapping[str, V]) -> Dict[str, ServedBy]:
        """Each entry on its own way, side by side; no transaction.

        Ends when all have ended. Raises the first error in the order of the entries; the others may be stored.
        """
        return self._operations.put_all(entries).result()

    def get_all(self, keys: Iterable[str]) -> Dict[str, Reading[V]]:
        """A reading for each key, of None where it is absent."""
        return self._operations.get_all(keys).result()

    def __repr__(self) -> str:
        return f"ResilientMap({self.name!r})"
