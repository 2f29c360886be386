"""A client's direct operations are bounded: past the bound one is refused at once, or unknown if the cache was asked."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Iterator

import pytest
import throughline
from throughline import ServedBy

from conftest import Open, fresh_key
from grid_under_test import GridUnderTest
from shards import Shards


@contextmanager
def held_row(grid: GridUnderTest, shards: Shards, key: str) -> Iterator[None]:
    """Whoever writes this key waits."""
    with grid.connect(shards.owner(key)) as connection, connection.transaction():
        connection.execute("SELECT FROM kv.entries WHERE key = %s FOR UPDATE", (key,))
        yield


def test_an_operation_past_the_queue_limit_ends_at_once(
    open_resilient: Open, grid: GridUnderTest, key: str, shards: Shards
):
    resilient = open_resilient(fallback={"connections": 1, "queue-limit": 2})
    map = resilient.map("kv")
    map.put(key, "before")
    lane = resilient._fallbacks._lanes[shards.owner(key)]
    with ThreadPoolExecutor(8) as threads:
        with held_row(grid, shards, key):
            waiting = [threads.submit(map.remove, key) for _ in range(3)]
            until = time.monotonic() + 10
            while not lane.is_full:
                assert time.monotonic() < until
                time.sleep(0.005)
            begun = time.monotonic()
            with pytest.raises(throughline.RefusedError) as refused:
                map.remove(key)
            assert time.monotonic() - begun < 1, "at once, and not after the wait for the row"
            assert refused.value.code == "OVERLOADED"
            assert f"2 operations of this client wait for {shards.owner(key)} already, which is fallback.queue-limit" in str(
                refused.value
            )
            # The member holds the attempt, which may be written as soon as the row is free.
            with pytest.raises(throughline.UnknownOutcomeError) as unknown:
                map.put(key, "late")
            assert unknown.value.code == "OVERLOADED"
            assert "the cache gave no answer, and 2 operations" in str(unknown.value)
        assert [answer.result(10) for answer in waiting] == [ServedBy.SHARD] * 3
    assert map.remove(key) is ServedBy.SHARD
    shards.assert_written_directly("kv", key, None)


def test_a_slow_shard_is_not_its_members_fault(open_resilient: Open, grid: GridUnderTest, shards: Shards):
    """Where the fallback is slow as well, the cache is asked again the next time."""
    # A fallback that waits for a connection, and not for the row, is quick at its shard when its turn comes.
    resilient = open_resilient(fallback={"connections": 6})
    map = resilient.map("kv")
    key = fresh_key()
    map.put(key, "before")
    with ThreadPoolExecutor(8) as threads:
        with held_row(grid, shards, key):
            puts = [threads.submit(map.put, key, f"put {number}") for number in range(6)]
            time.sleep(1)
            assert not any(put.done() for put in puts)
        for put in puts:
            put.result(10)
    assert map.put(key, "after") is ServedBy.CACHE
