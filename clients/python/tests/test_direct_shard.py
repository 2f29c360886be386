"""A client's own writes to a shard, against its rows."""

import itertools
import time
from dataclasses import dataclass
from typing import Callable, Iterator

import pytest
import throughline
from throughline.attempt import Attempt, SentAttempt
from throughline.copies import DirectWrite
from throughline.operation import Operation, Verb
from throughline.sending import Sending
from throughline.settings import Settings
from throughline.shard import DirectOutcome, DirectShard
from throughline.statements import Kind

from conftest import fresh_key_where
from grid_under_test import GridUnderTest
from shards import Shards

SHARD = "shard-1"


@dataclass(frozen=True)
class Row:
    """One key, as this client writes and reads it."""

    key: str
    shard: DirectShard
    settings: Settings
    partition: int
    ids: "Iterator[int]"

    def write(self, kind: Kind, value: "str | None", expected: "str | None" = None) -> DirectWrite:
        operation = Operation(Verb.PUT, "kv", self.key, self.partition, SHARD)
        return DirectWrite(
            kind, operation, self.settings.maps["kv"], value, expected, next(self.ids) + kind.conditional
        )

    def send(self, write: DirectWrite, attempt: "SentAttempt | None" = None) -> DirectOutcome:
        return self.shard.write(write, attempt, Sending(), self.shard.patience(write.operation))

    def put(self, value: str) -> DirectOutcome:
        return self.send(self.write(Kind.PUT, value))

    def read(self) -> object:
        operation = Operation(Verb.LOAD, "kv", self.key, self.partition, SHARD)
        return self.shard.read(operation, self.settings.maps["kv"], self.shard.patience(operation))


@pytest.fixture(scope="module")
def settings(grid: GridUnderTest) -> Settings:
    return Settings.read(grid.settings_file)


@pytest.fixture
def shard(settings: Settings) -> Iterator[DirectShard]:
    shard = DirectShard(settings, SHARD)
    # It has told the time then, and no second connection, made in haste, tells it again.
    shard._pool.wait()
    yield shard
    shard.close()


@pytest.fixture
def row(settings: Settings, shard: DirectShard, shards: Shards) -> Row:
    key = fresh_key_where(lambda key: shards.owner(key) == SHARD)
    return Row(key, shard, settings, shards.partition(key), itertools.count(1000, 2))


def test_a_row_remembers_its_last_four_operations_and_when_it_took_them(row: Row, shards: Shards):
    for number in range(6):
        row.put(f"put {number}")
    (taken,) = shards.rows("kv", row.key)
    assert taken.operations == [1010, 1008, 1006, 1004]
    times = taken.attempts[1::2]
    assert times == sorted(times, reverse=True)
    assert all(abs(moment - row.shard.now()) < 5_000 for moment in times)


def test_an_operation_that_the_row_may_have_forgotten_is_not_written_again(row: Row, shards: Shards):
    """It landed, and four others have pushed it out of the row's memory before its fallback came."""
    row.put("mine")
    mine = row.write(Kind.PUT, "mine")
    attempt = SentAttempt(Attempt(row.shard.now() + 250, mine.id), row.shard.now() - 200)
    values = ["mine", *(f"built {number}" for number in range(4))]
    for before, after in itertools.pairwise(values):
        assert row.send(row.write(Kind.REPLACE, after, before)).applied
    with pytest.raises(throughline.UnknownOutcomeError, match="than it remembers") as unknown:
        row.send(mine, attempt)
    assert unknown.value.code == "ATTEMPT_REPEATED"
    assert shards.value("kv", row.key) == "built 3"

    for number in range(4):
        row.put(f"put {number}")
    assert row.send(mine, attempt).applied, "overwritten: it counts as written before the next put"
    assert shards.value("kv", row.key) == "put 3"


def test_a_condition_that_the_row_may_have_forgotten_is_unknown(row: Row, shards: Shards):
    for number in range(4):
        row.put(f"put {number}")
    replace = row.write(Kind.REPLACE, "mine", "put 3")
    attempt = SentAttempt(Attempt(row.shard.now() + 250, replace.id), row.shard.now() - 200)
    with pytest.raises(throughline.UnknownOutcomeError, match="than it remembers"):
        row.send(replace, attempt)
    assert shards.value("kv", row.key) == "put 3"


def test_what_the_row_remembers_from_before_shows_that_nothing_was_forgotten(row: Row, shards: Shards):
    for number in range(4):
        row.put(f"put {number}")
    time.sleep(0.1)
    mine = row.write(Kind.PUT, "mine")
    now = row.shard.now()
    assert row.send(mine, SentAttempt(Attempt(now + 250, mine.id), now)).applied
    assert shards.value("kv", row.key) == "mine"
    assert shards.rows("kv", row.key)[0].operations[0] == mine.id


def test_a_seal_is_as_young_as_its_tombstone_must_be(row: Row, shards: Shards, grid: GridUnderTest):
    """Else it would be removed, and what it keeps out could bring the key back."""
    row.send(row.write(Kind.REMOVE, None))
    with grid.connect(SHARD) as connection:
        connection.execute("UPDATE kv.entries SET written_at = now() - interval '2 h' WHERE key = %s", (row.key,))
    replace = row.write(Kind.REPLACE, "new", "old")
    now = row.shard.now()
    assert not row.send(replace, SentAttempt(Attempt(now + 250, replace.id), now)).applied
    (sealed,) = shards.rows("kv", row.key)
    assert sealed.value is None and sealed.not_before >= now + 250
    assert sealed.age.total_seconds() < 60


@pytest.mark.parametrize("off", [-60_000, 59_000])
def test_an_attempt_whose_deadline_is_a_minute_off_is_fallen_back_on_all_the_same(row: Row, shards: Shards, off: int):
    """As after a failover to a machine whose clock is not the old one's."""
    mine = row.write(Kind.PUT, "mine")
    attempt = Attempt(row.shard.now() + off, mine.id)
    assert row.send(mine, SentAttempt(attempt, attempt.deadline - 250)).applied
    assert shards.rows("kv", row.key)[0].not_before > attempt.deadline
    row.put("another")
    assert shards.value("kv", row.key) == "another"


@pytest.mark.parametrize("off", [-120_000, 30_000, 120_000])
def test_a_clock_that_is_off_is_right_after_the_first_answer(row: Row, shards: Shards, off: int):
    moment, right = time.monotonic(), row.shard.now()
    row.shard._primary.clock.set(right + off, moment, moment)
    assert row.put("mine").applied
    assert shards.value("kv", row.key) == "mine"
    assert abs(row.shard.now() - right - (time.monotonic() - moment) * 1000) < 200


def test_a_deadline_of_the_rows_that_is_too_far_ahead_is_refused(row: Row, grid: GridUnderTest, shards: Shards):
    row.put("before")
    with grid.connect(SHARD) as connection:
        connection.execute(
            "UPDATE kv.entries SET not_before = %s WHERE key = %s", (row.shard.now() + 120_000, row.key)
        )
    with pytest.raises(throughline.RefusedError, match="attempts.max-clock-skew") as refused:
        row.put("after")
    assert refused.value.code == "CLOCK_SKEW"
    assert shards.value("kv", row.key) == "before"


Call = Callable[[Row], object]


def fall_back(row: Row) -> DirectOutcome:
    write, now = row.write(Kind.PUT, "after"), row.shard.now()
    return row.send(write, SentAttempt(Attempt(now + 250, write.id), now))


REFUSED: "dict[str, Call]" = {
    "put": lambda row: row.put("after"),
    "replace": lambda row: row.send(row.write(Kind.REPLACE, "after", "before")),
    "fallback": fall_back,
    "get": Row.read,
}


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED)
def test_a_connection_that_postgresql_refused_a_row_on_serves_the_next(
    row: Row, grid: GridUnderTest, shards: Shards, call: Call
):
    """One refusal must not poison the connection for whoever has it next."""
    row.put("before")
    connects = row.shard._pool.get_stats()["connections_num"]
    with grid.superuser(SHARD) as superuser:
        superuser.execute("REVOKE SELECT, UPDATE ON kv.entries FROM throughline")
        try:
            with pytest.raises(throughline.ThroughlineError) as refused:
                call(row)
        finally:
            superuser.execute("GRANT SELECT, UPDATE ON kv.entries TO throughline")
    assert refused.value.code == "DATABASE_REFUSED"
    assert "SQLState 42501" in str(refused.value)
    assert row.read() == "before"
    row.put("after")
    assert shards.value("kv", row.key) == "after"
    assert row.shard._pool.get_stats()["connections_num"] == connects, "it is the same connection"

