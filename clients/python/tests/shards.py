"""The shards as SQL shows them."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Iterable

import psycopg
from hazelcast.core import HazelcastJsonValue
from hazelcast.partition import PartitionService
from psycopg import sql

# json is read as text: the driver would parse it, and the bytes are what counts.
_VALUE = {"kv": "value", "documents": "value::text", "blobs": "value"}


@dataclass(frozen=True)
class Row:
    shard: str
    partition: int
    value: str | bytes | None
    not_before: int
    attempts: list[int] | None
    age: timedelta

    @property
    def operations(self) -> list[int]:
        """The ids of those that it remembers, the newest first. Behind each stands when it was taken."""
        return (self.attempts or [])[::2]


class Shards:
    def __init__(self, primaries: dict[str, psycopg.Connection], partitions: PartitionService):
        self._primaries = primaries
        self._partitions = partitions
        self._owners = _owners(next(iter(primaries.values())))

    def __enter__(self) -> "Shards":
        return self

    def __exit__(self, *_: object) -> None:
        with ExitStack() as stack:
            for connection in self._primaries.values():
                stack.callback(connection.close)

    def owner(self, key: Any) -> str:
        """The shard that shard_map names for the partition that the client computes."""
        return self._owners[self._partitions.get_partition_id(key)]

    def partition(self, key: Any) -> int:
        return self._partitions.get_partition_id(key)

    def rows(self, map_name: str, key: str) -> list[Row]:
        """The rows of this key, wherever they stand."""
        query = sql.SQL(
            "SELECT partition, {}, not_before, attempts, clock_timestamp() - written_at FROM {} WHERE key = %s"
        ).format(sql.SQL(_VALUE[map_name]), sql.Identifier(map_name, "entries"))
        return [
            Row(shard, *row)
            for shard, connection in self._primaries.items()
            for row in connection.execute(query, (key,))
        ]

    def assert_row(self, map_name: str, key: str, value: Any) -> None:
        """This key has a row of this value, just written, on the shard of its partition and on no other."""
        rows = self.rows(map_name, key)
        assert [(row.shard, row.partition, row.value) for row in rows] == [
            (self.owner(key), self.partition(key), column(value))
        ]
        # A plain write leaves the guards of the row as they are, and stamps it with the shard's clock.
        assert (rows[0].not_before, rows[0].attempts) == (0, None)
        assert timedelta(0) <= rows[0].age < timedelta(minutes=1)

    def assert_no_row(self, map_name: str, key: str) -> None:
        assert self.rows(map_name, key) == []

    def value(self, map_name: str, key: str) -> str | bytes | None:
        rows = self.rows(map_name, key)
        assert len(rows) <= 1
        return rows[0].value if rows else None

    def values(self, map_name: str, keys: Iterable[str]) -> dict[str, tuple[str, int, Any]]:
        """Shard, partition and value of each key that has a row. No key has two."""
        query = sql.SQL("SELECT key, partition, {} FROM {} WHERE key = ANY (%s)").format(
            sql.SQL(_VALUE[map_name]), sql.Identifier(map_name, "entries")
        )
        found: dict[str, tuple[str, int, Any]] = {}
        for shard, connection in self._primaries.items():
            for key, partition, value in connection.execute(query, (list(keys),)):
                assert key not in found
                found[key] = (shard, partition, value)
        return found

    def assert_written_directly(self, map_name: str, key: str, value: Any) -> Row:
        """This key has this value on its shard, and the row has taken one operation or more, the last of them a direct one."""
        (row,) = self.rows(map_name, key)
        assert (row.shard, row.partition, row.value) == (self.owner(key), self.partition(key), value)
        assert row.not_before > 0 and row.attempts
        return row

    def count(self, map_name: str) -> int:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(map_name, "entries"))
        return sum(connection.execute(query).fetchone()[0] for connection in self._primaries.values())

    def overwrite(self, map_name: str, key: str, value: str) -> None:
        """Changes a row behind the grid's back, so that a refill can be told from what was in memory."""
        query = sql.SQL("UPDATE {} SET value = %s WHERE key = %s").format(sql.Identifier(map_name, "entries"))
        assert self._primaries[self.owner(key)].execute(query, (value, key)).rowcount == 1


def column(value: Any) -> str | bytes:
    """A map's value as its column has it."""
    if isinstance(value, HazelcastJsonValue):
        return value.to_string()
    return bytes(value) if isinstance(value, bytearray) else value


def _owners(connection: psycopg.Connection) -> dict[int, str]:
    return {
        partition: shard
        for shard, partitions in connection.execute("SELECT shard, partitions FROM throughline.shard_map")
        for partition in partitions
    }
