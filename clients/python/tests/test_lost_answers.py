"""A direct write whose answer is lost is sent again, and takes effect once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Iterator

import pytest
import throughline
from throughline import Decision, ServedBy

from conftest import Open, fresh_key_where
from grid_under_test import GridUnderTest
from shards import Shards
from tcp_proxy import TcpProxy


@pytest.fixture
def proxy(grid: GridUnderTest) -> Iterator[TcpProxy]:
    with TcpProxy(grid.primary_addresses["shard-1"]) as proxy:
        yield proxy


@pytest.fixture
def map(open_resilient: Open, grid: GridUnderTest, proxy: TcpProxy) -> throughline.ResilientMap:
    shards = {name: {"hosts": [address]} for name, address in grid.primary_addresses.items()}
    shards["shard-1"]["hosts"] = [proxy.address]
    return open_resilient(shards=shards).map("kv")


@pytest.fixture
def key(shards: Shards) -> str:
    return fresh_key_where(lambda key: shards.owner(key) == "shard-1")


Call = Callable[[throughline.ResilientMap, str], Any]

CALLS: dict[str, tuple[Call, Any, str | None]] = {
    "remove": (lambda map, key: map.remove(key), ServedBy.SHARD, None),
    "put_if_absent": (lambda map, key: map.put_if_absent(key, "new"), Decision(True, None), "new"),
    "replace": (lambda map, key: map.replace(key, "old", "new"), Decision(True, None), "new"),
}


@pytest.mark.parametrize("call, answer, value", CALLS.values(), ids=CALLS)
def test_a_write_whose_answer_is_lost_takes_effect_once(
    map: throughline.ResilientMap, proxy: TcpProxy, key: str, shards: Shards, call: Call, answer: Any, value: str | None
):
    map.remove(key)
    if isinstance(answer, Decision) and call is CALLS["replace"][0]:
        map.put_if_absent(key, "old")
    before = shards.rows("kv", key)[0].operations
    with ThreadPoolExecutor(1) as thread:
        lost = proxy.lose_the_answer_to(key.encode())
        answered = thread.submit(call, map, key)
        assert lost.wait(5)
        (sent,) = shards.rows("kv", key)
        assert sent.value == value and sent.operations[1:] == before
        assert not answered.done()
        proxy.heal()
        assert answered.result(10) == answer
    (row,) = shards.rows("kv", key)
    assert (row.value, row.attempts) == (value, sent.attempts)
    assert row.not_before > sent.not_before


def test_a_write_whose_answer_is_lost_does_not_overwrite_what_came_after_it(
    map: throughline.ResilientMap, resilient: throughline.ResilientGrid, proxy: TcpProxy, key: str, shards: Shards
):
    map.remove(key)
    with ThreadPoolExecutor(1) as thread:
        lost = proxy.lose_the_answer_to(key.encode())
        answered = thread.submit(map.put_if_absent, key, "first")
        assert lost.wait(5)
        assert resilient.map("kv").replace(key, "first", "second").applied
        proxy.heal()
        assert answered.result(10) == Decision(True, None)
    assert shards.value("kv", key) == "second"
    assert map.get(key).value == "second"


def test_a_write_that_is_never_answered_is_unknown_and_one_never_sent_is_refused(
    open_resilient: Open, grid: GridUnderTest, proxy: TcpProxy, key: str, shards: Shards
):
    hosts = {name: {"hosts": [address]} for name, address in grid.primary_addresses.items()}
    hosts["shard-1"]["hosts"] = [proxy.address]
    map = open_resilient(
        shards=hosts, connections={"socket-timeout": "1s"}, fallback={"direct-timeout": "2s"}
    ).map("kv")
    map.remove(key)
    proxy.lose_the_answer_to(key.encode())
    with pytest.raises(throughline.UnknownOutcomeError) as unknown:
        map.put_if_absent(key, "may be there")
    assert unknown.value.code == "WRITE_TIMEOUT"
    assert "the shard did not answer within 2000 ms (fallback.direct-timeout); the last failure: " in str(unknown.value)
    assert shards.value("kv", key) == "may be there"

    with pytest.raises(throughline.RefusedError) as refused:
        map.remove(key)
    assert refused.value.code == "SHARD_UNAVAILABLE"
    assert shards.value("kv", key) == "may be there"
    proxy.heal()
    assert map.get(key).value == "may be there"


def test_hosts_that_lead_to_another_shard_are_noticed(open_resilient: Open, grid: GridUnderTest, key: str, shards: Shards):
    one, two = grid.primary_addresses["shard-1"], grid.primary_addresses["shard-2"]
    map = open_resilient(
        shards={"shard-1": {"hosts": [two]}, "shard-2": {"hosts": [one]}},
        connections={"socket-timeout": "1s"},
        fallback={"direct-timeout": "2s"},
    ).map("kv")
    with pytest.raises(throughline.RefusedError, match="the hosts of shard-1 lead to shard-2; correct shards.shard-1.hosts"):
        map.remove(key)
    shards.assert_no_row("kv", key)
