"""How the cache is told that rows have changed: at once, again where that failed, and so many at most."""

import time
from collections import Counter
from typing import Iterator

import pytest
from hazelcast.errors import ClientOfflineError
from hazelcast.future import Future as CacheFuture
from throughline.invalidations import Invalidations
from throughline.overlay import Overlay
from throughline.timeouts import Timeouts

from test_breaker import Clock

TIME_TO_LIVE = 5


class Cache:
    """Answers an evict when the test says so."""

    name = "kv"

    def __init__(self) -> None:
        self.under_way: "dict[str, list[CacheFuture[bool]]]" = {}
        self.sent: "Counter[str]" = Counter()
        self.offline = False

    def evict(self, key: str) -> "CacheFuture[bool]":
        if self.offline:
            raise ClientOfflineError()
        self.sent[key] += 1
        future: "CacheFuture[bool]" = CacheFuture()
        self.under_way.setdefault(key, []).append(future)
        return future

    def answer(self, key: str) -> None:
        self.under_way[key].pop(0).set_result(True)

    def fail(self, key: str) -> None:
        self.under_way[key].pop(0).set_exception(ClientOfflineError(), None)


class Told:
    def __init__(self, pauses: Timeouts) -> None:
        self.clock = Clock()
        self.cache = Cache()
        self.overlay = Overlay(TIME_TO_LIVE, self.clock)
        self.of = Invalidations(self.cache, self.overlay, pauses, self.clock).of

    def await_sent(self, key: str, times: int) -> None:
        until = time.monotonic() + 5
        while self.cache.sent[key] < times or not self.cache.under_way.get(key):
            assert time.monotonic() < until
            time.sleep(0.002)


@pytest.fixture
def told() -> Iterator[Told]:
    pauses = Timeouts(0.02)
    yield Told(pauses)
    pauses.close()


def test_a_write_waits_for_the_answer_to_its_evict(told: Told):
    answer = told.of("a")
    assert "a" in told.overlay and not answer.done()
    told.cache.answer("a")
    assert answer.done() and "a" in told.overlay
    told.clock.seconds += TIME_TO_LIVE
    assert "a" not in told.overlay


def test_each_write_sends_its_own_at_once(told: Told):
    answers = [told.of("a") for _ in range(5)]
    assert told.cache.sent["a"] == 5
    for answer in answers[:-1]:
        told.cache.answer("a")
    assert [answer.done() for answer in answers] == [True] * 4 + [False]
    told.clock.seconds += 2 * TIME_TO_LIVE
    assert "a" in told.overlay, "the last is under way"
    told.cache.answer("a")
    assert answers[-1].done()


def test_one_that_fails_is_sent_again_for_half_a_minute(told: Told):
    answer = told.of("a")
    for times in range(2, 5):
        told.cache.fail("a")
        told.await_sent("a", times)
        assert not answer.done()
    told.clock.seconds += 30
    told.cache.fail("a")
    assert answer.done() and told.cache.sent["a"] == 4


def test_one_that_waits_to_be_sent_again_ends_when_the_client_is_closed():
    pauses = Timeouts(60)
    told = Told(pauses)
    told.cache.offline = True
    answer = told.of("a")
    assert not answer.done()
    pauses.close()
    assert answer.done() and told.of("b").done()


def test_one_that_can_not_even_be_sent_ends_as_well(told: Told):
    told.cache.offline = True
    answer = told.of("a")
    time.sleep(0.1)
    assert not answer.done()
    told.clock.seconds += 30
    answer.result(5)


def test_what_is_beyond_so_many_is_left_to_its_time_to_live(told: Told):
    for number in range(10_000):
        told.of(f"key {number}")
    beyond = told.of("beyond")
    assert beyond.done() and told.cache.sent["beyond"] == 0
    assert "beyond" in told.overlay
    told.clock.seconds += TIME_TO_LIVE
    assert "beyond" not in told.overlay and "key 0" in told.overlay
    told.cache.answer("key 1")
    told.of("beyond")
    assert told.cache.sent["beyond"] == 1
