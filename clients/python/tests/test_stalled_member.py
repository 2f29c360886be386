"""A member that is stalled holds nobody up, and what it had under way changes nothing when it wakes."""

import time
from typing import Iterator

import pytest
import throughline
from hazelcast import HazelcastClient
from hazelcast.proxy.map import BlockingMap
from throughline import ServedBy

from conftest import fresh_key_where
from grid_under_test import GridUnderTest
from shards import Shards

CACHE_TIMEOUT = 0.25
TTL_SECONDS = 5


@pytest.fixture
def resilient(grid: GridUnderTest) -> Iterator[throughline.ResilientGrid]:
    """With breakers and an overlay of its own."""
    with throughline.connect(grid.settings_file, grid.members) as resilient:
        yield resilient


def owner(client: HazelcastClient, key: str) -> str:
    partitions = client.partition_service
    uuid = partitions.get_partition_owner(partitions.get_partition_id(key))
    (address,) = (member.address for member in client.cluster_service.get_members() if member.uuid == uuid)
    return f"{address.host}:{address.port}"


def timed(call) -> tuple[object, float]:
    begun = time.monotonic()
    answer = call()
    return answer, time.monotonic() - begun


def test_a_stalled_member_costs_a_few_timeouts_and_nothing_goes_back(
    grid: GridUnderTest, client: HazelcastClient, kv: BlockingMap, resilient: throughline.ResilientGrid, shards: Shards
):
    map = resilient.map("kv")
    member = grid.members[0]
    keys = [
        fresh_key_where(lambda key: owner(client, key) == member and shards.owner(key) == shard)
        for shard in ("shard-1", "shard-2")
        for _ in range(4)
    ]
    for key in keys:
        map.put(key, "before")
        assert kv.get(key) == "before"

    last: dict[str, str] = {}
    puts, gets = [], []
    with grid.stalled(member):
        for round in range(5):
            for key in keys:
                last[key] = f"round {round}"
                puts.append(timed(lambda: map.put(key, last[key])))
                gets.append(timed(lambda: map.get(key).value))
                assert gets[-1][0] == last[key]
        removed, absent = keys[0], keys[1]
        map.remove(removed)
        assert map.put_if_absent(absent, "too late").current == last[absent]
        del last[removed]
        # What is only read is passed by as well, and read from the shard.
        unread = [fresh_key_where(lambda key: owner(client, key) == member) for _ in range(12)]
        reads = [timed(lambda: map.get(key)) for key in unread]
        assert {reading.served_by for reading, _ in reads} == {ServedBy.SHARD}

    assert {served for served, _ in puts} == {ServedBy.SHARD}
    # Three calls open the breaker of each shard, and later a second has a probe.
    assert sum(seconds >= CACHE_TIMEOUT for _, seconds in puts) <= 2 * 3 + 4
    assert sum(seconds >= CACHE_TIMEOUT for _, seconds in gets + reads) <= 2 * 3 + 4
    assert max(seconds for _, seconds in puts) < 4 * CACHE_TIMEOUT

    # It wakes, and runs what it had: its attempts come to rows that have taken a later deadline.
    until = time.monotonic() + TTL_SECONDS + 1
    while time.monotonic() < until:
        assert {key: map.get(key).value for key in last} == last
        assert map.get(removed).value is None
        time.sleep(0.1)
    for key, value in last.items():
        shards.assert_written_directly("kv", key, value)
        assert kv.get(key) == value
    shards.assert_written_directly("kv", removed, None)
    assert kv.get(removed) is None

    # It is asked again.
    until = time.monotonic() + 5
    while map.put(keys[0], "after") is not ServedBy.CACHE:
        assert time.monotonic() < until
    assert shards.value("kv", keys[0]) == "after"
