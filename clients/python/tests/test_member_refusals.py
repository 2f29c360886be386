"""What a put makes of its member's answer, and a decision of an evict that is late: with real shards behind them."""

from concurrent.futures import Future, TimeoutError
from dataclasses import replace
from typing import Any, Iterator
from uuid import uuid4

import pytest
import throughline
from hazelcast import HazelcastClient
from hazelcast.errors import HazelcastError, TargetDisconnectedError
from throughline import ServedBy
from throughline.breaker import Work
from throughline.copies import DirectWrite
from throughline.fallbacks import Fallbacks, Route
from throughline.invalidations import Invalidations
from throughline.operation import Verb
from throughline.overlay import Overlay
from throughline.resilient_write import ResilientDecision, ResilientPut
from throughline.settings import Settings
from throughline.shard_map import owners_of_partitions
from throughline.statements import Kind

from conftest import fresh_key
from grid_under_test import GridUnderTest
from shards import Shards
from test_overload import held_row


class Member:
    """Answers each put with this error, and no evict."""

    name = "kv"

    def __init__(self, error: "Exception | None" = None):
        self._error = error

    def set(self, key: str, value: Any) -> "Future[None]":
        answer: "Future[None]" = Future()
        answer.set_exception(self._error)
        return answer

    def evict(self, key: str) -> "Future[bool]":
        return Future()


@pytest.fixture
def settings(grid: GridUnderTest) -> Settings:
    return Settings.read(grid.settings_file)


@pytest.fixture
def fallbacks(settings: Settings, client: HazelcastClient) -> Iterator[Fallbacks]:
    fallbacks = Fallbacks(settings, client.partition_service, owners_of_partitions(settings))
    yield fallbacks
    fallbacks.close()


def put(fallbacks: Fallbacks, route: Route, error: Exception) -> ServedBy:
    member, overlay = Member(error), Overlay(5, lambda: 0.0)
    write = DirectWrite(Kind.PUT, route.operation, fallbacks.settings.maps["kv"], "v", None, 1000)
    invalidations = Invalidations(member, overlay, fallbacks.pauses)
    return ResilientPut(route, write, member, invalidations, fallbacks.timeouts).start("v").result(10)


def refusal(code: str) -> HazelcastError:
    return HazelcastError(f"Exception from server: X: [REFUSED {code}] put of key 'a': no.\n\tat Some.java")


@pytest.mark.parametrize("code", ["DATABASE_REFUSED", "OVERLOADED", "SHARD_UNAVAILABLE", "NOT_REPLICATED"])
def test_a_refusal_after_the_partition_has_moved_is_asked_of_the_shard(
    fallbacks: Fallbacks, key: str, shards: Shards, code: str
):
    """The member that had it before may have stored it."""
    route = fallbacks.route(Verb.PUT, "kv", key)
    assert route.owner_is_the_same()
    with pytest.raises(throughline.RefusedError) as refused:
        put(fallbacks, route, refusal(code))
    assert refused.value.code == code
    shards.assert_no_row("kv", key)
    for moved in (replace(route, member=uuid4()), replace(route, member=None)):
        assert put(fallbacks, moved, refusal(code)) is ServedBy.SHARD
    shards.assert_written_directly("kv", key, "v")


def test_a_refusal_of_the_value_holds_wherever_the_partition_is(fallbacks: Fallbacks, key: str, shards: Shards):
    moved = replace(fallbacks.route(Verb.PUT, "kv", key), member=uuid4())
    with pytest.raises(throughline.RefusedError) as refused:
        put(fallbacks, moved, refusal("VALUE_TOO_LARGE"))
    assert refused.value.code == "VALUE_TOO_LARGE"
    shards.assert_no_row("kv", key)


@pytest.mark.parametrize(
    "error, is_well",
    [(refusal("CLOCK_SKEW"), True), (refusal("ATTEMPT_OVERTAKEN"), True), (TargetDisconnectedError("gone"), False)],
    ids=["clock skew", "overtaken", "gone"],
)
def test_a_member_that_refuses_an_attempt_as_it_should_is_asked_again(
    fallbacks: Fallbacks, shards: Shards, error: Exception, is_well: bool
):
    keys = [fresh_key() for _ in range(6)]
    member = fallbacks.route(Verb.PUT, "kv", keys[0]).member
    routes = [replace(fallbacks.route(Verb.PUT, "kv", key), member=member) for key in keys]
    for route in routes:
        assert put(fallbacks, route, error) is ServedBy.SHARD
        shards.assert_written_directly("kv", route.operation.key, "v")
    assert any(route.breaker(Work.WRITE).is_open for route in routes) is not is_well


def test_an_attempt_of_a_wrong_clock_seals_nothing(fallbacks: Fallbacks, key: str, shards: Shards):
    """Its deadline may be minutes ahead; the direct write has the right one, as by then the shard has told the time."""
    route = fallbacks.route(Verb.PUT, "kv", key)
    put(fallbacks, route, refusal("CLOCK_SKEW"))
    (row,) = shards.rows("kv", key)
    assert row.not_before < route.shard.now() + 100
    overtaken = fallbacks.route(Verb.PUT, "kv", fresh_key())
    put(fallbacks, overtaken, refusal("ATTEMPT_OVERTAKEN"))
    (row,) = shards.rows("kv", overtaken.operation.key)
    assert row.not_before > overtaken.shard.now() + 100


@pytest.mark.parametrize("shard_is_slow", [False, True], ids=["quick shard", "slow shard"])
def test_an_evict_that_is_late_counts_only_where_the_shard_was_quick(
    fallbacks: Fallbacks, grid: GridUnderTest, key: str, shards: Shards, shard_is_slow: bool
):
    invalidations = Invalidations(Member(), Overlay(5, lambda: 0.0), fallbacks.pauses)
    route = fallbacks.route(Verb.REMOVE, "kv", key)

    def remove() -> "Future[ServedBy]":
        write = DirectWrite(Kind.REMOVE, route.operation, fallbacks.settings.maps["kv"], None, None, 1000)
        overlay, timeouts = Overlay(5, lambda: 0.0), fallbacks.timeouts
        return ResilientDecision(route, write, overlay, invalidations, timeouts, lambda _: ServedBy.SHARD).start()

    remove().result(10)
    for _ in range(3):
        if shard_is_slow:
            with held_row(grid, shards, key):
                removed = remove()
                with pytest.raises(TimeoutError):
                    removed.result(0.4)
        else:
            removed = remove()
        removed.result(10)
    assert route.breaker(Work.WRITE).is_open is not shard_is_slow
