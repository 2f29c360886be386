"""All the SQL of a client.

A write to one row, in one round trip: BEGIN, a seal where an earlier copy of it may still be on its way, the guarded
write, what the row says now, COMMIT, and a look at the replication that the commit was released by. The row is the guard:
a later deadline refuses every copy with an earlier one. The members' side of it: DirectStatement.java.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import List, Optional, Tuple

from psycopg import sql

from throughline.rows import Column
from throughline.settings import MapSettings, ValueFormat

# Milliseconds since 1970 on the shard's clock.
_NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

_REPLICATED = (
    "current_setting('synchronous_standby_names') <> ''"
    " AND current_setting('synchronous_commit') NOT IN ('off', 'local')"
)

WHOSE_SHARD_AND_CLOCK = f"SELECT shard, {_NOW} FROM throughline.grid"

SHARD_MAP = "SELECT shard, partitions FROM throughline.shard_map"


class Kind(Enum):
    """When a row takes a write."""

    PUT = "put"
    REMOVE = "remove"
    PUT_IF_ABSENT = "put_if_absent"
    REPLACE = "replace"

    @property
    def conditional(self) -> bool:
        return self in (Kind.PUT_IF_ABSENT, Kind.REPLACE)


@dataclass(frozen=True)
class Reply:
    """What a direct write brings back, also where it wrote nothing.

    Attributes:
        taken: whether the row has taken this operation, now or when it was sent before.
        not_before: the row's; 0 where there is none.
        column: the row's value now; None where there is none.
        attempts: the operations that the row remembers, the newest first: each one's id, and when it was taken.
        now: milliseconds since 1970, on the shard's clock.
        guarded: whether synchronous replication was in force while it ran.
        replicated: whether it was in force after the commit.
        warned: whether the commit's wait for the standbys was cancelled, which PostgreSQL reports as a success.
    """

    taken: bool
    not_before: int
    column: Optional[Column]
    attempts: Tuple[int, ...]
    now: int
    guarded: bool
    replicated: bool
    warned: bool

    @property
    def on_quorum(self) -> bool:
        return self.replicated and not self.warned


# A millisecond below the deadline, so that the write itself still passes. Locks the row, or makes a tombstone.
_SEAL = f"""
INSERT INTO {{table}} AS row (key, partition, not_before, written_at)
SELECT given.key, given.partition, given.deadline - 1, clock_timestamp()
FROM (VALUES (%(key)s::text, %(partition)s::smallint, %(deadline)s::bigint)) AS given (key, partition, deadline)
WHERE given.deadline <= {_NOW} + %(max_skew)s
ON CONFLICT (key) DO UPDATE SET not_before = excluded.not_before, written_at = excluded.written_at
WHERE row.not_before < excluded.not_before"""

_GIVEN = """(VALUES (%(key)s::text, %(partition)s::smallint, %(value)s::{type}, %(deadline)s::bigint, %(id)s::bigint))
    AS given (key, partition, value, deadline, id)"""

_MAY_WRITE = f"given.deadline <= {_NOW} + %(max_skew)s AND (NOT %(must_be_guarded)s::boolean OR ({_REPLICATED}))"

# An id and a time for each of the last four operations. Where the oldest of them was taken after an earlier copy was sent,
# the row may have taken that copy and forgotten it.
_NOT_FORGOTTEN = "coalesce(row.attempts[8], 0) < %(forgotten_from)s"

_UPSERT = f"""
INSERT INTO {{table}} AS row (key, partition, value, not_before, attempts, written_at)
SELECT given.key, given.partition, given.value, given.deadline, ARRAY[given.id, {_NOW}], clock_timestamp()
FROM {_GIVEN}
WHERE {_MAY_WRITE}
ON CONFLICT (key) DO UPDATE
SET partition = excluded.partition, value = excluded.value, written_at = excluded.written_at,
    not_before = excluded.not_before, attempts = (excluded.attempts || row.attempts)[1:8]
WHERE row.not_before < excluded.not_before
    AND (row.attempts IS NULL OR excluded.attempts[1] <> ALL (row.attempts))
    AND {_NOT_FORGOTTEN}"""

_IF_ABSENT = " AND row.value IS NULL"

# json is compared as it was written, byte for byte.
_REPLACE = f"""
UPDATE {{table}} AS row
SET partition = given.partition, value = given.value, written_at = clock_timestamp(),
    not_before = given.deadline, attempts = (ARRAY[given.id, {_NOW}] || row.attempts)[1:8]
FROM {_GIVEN}
WHERE row.key = given.key AND {_MAY_WRITE}
    AND row.not_before < given.deadline
    AND (row.attempts IS NULL OR given.id <> ALL (row.attempts))
    AND {_NOT_FORGOTTEN}
    AND row.value{{as_written}} = %(expected)s"""

_OUTCOME = f"""
SELECT given.id = ANY (coalesce(row.attempts, '{{{{}}}}')), coalesce(row.not_before, 0), row.value{{as_written}},
    row.attempts, {_NOW}, {_REPLICATED}
FROM (VALUES (%(key)s::text, %(id)s::bigint)) AS given (key, id)
LEFT JOIN {{table}} AS row ON row.key = given.key"""

# After the commit. Seen from inside it is not enough: whoever empties synchronous_standby_names releases the commits that
# wait, as successes.
_AFTER = f"SELECT {_REPLICATED}"

_READ = "SELECT value{as_written} FROM {table} WHERE key = %(key)s AND value IS NOT NULL"

_COLUMN_TYPES = {ValueFormat.TEXT: "text", ValueFormat.JSON: "json", ValueFormat.BINARY: "bytea"}


@lru_cache(maxsize=None)
def write(map: MapSettings, kind: Kind, seal: bool) -> List[sql.Composed]:
    """Brings, third from the end, what the row says now, and last the replication."""
    guarded = _REPLACE if kind is Kind.REPLACE else _UPSERT
    if kind is Kind.PUT_IF_ABSENT:
        guarded += _IF_ABSENT
    queries = ["BEGIN", *([_SEAL] if seal else []), guarded, _OUTCOME, "COMMIT", _AFTER]
    return [_composed(map, query) for query in queries]


@lru_cache(maxsize=None)
def read(map: MapSettings) -> sql.Composed:
    return _composed(map, _READ)


def _composed(map: MapSettings, text: str) -> sql.Composed:
    return sql.SQL(text).format(
        table=sql.Identifier(map.schema, "entries"),
        type=sql.SQL(_COLUMN_TYPES[map.value_format]),
        as_written=sql.SQL("::text" if map.value_format is ValueFormat.JSON else ""),
    )
