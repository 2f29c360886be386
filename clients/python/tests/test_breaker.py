"""When a member is passed by, and when it is asked again."""

from throughline.breaker import Breaker, Breakers, Work


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def opened(clock: Clock) -> Breaker:
    breaker = Breaker("a member", clock)
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_three_failures_among_six_calls_open_it():
    breaker = Breaker("a member", Clock())
    for success in (False, True, True, False, True):
        (breaker.succeeded if success else breaker.failed)()
        assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_three_failures_among_more_calls_do_not():
    breaker = Breaker("a member", Clock())
    for _ in range(10):
        breaker.failed()
        breaker.succeeded()
        breaker.succeeded()
        breaker.succeeded()
        assert breaker.allows()


def test_one_call_a_second_is_a_probe():
    clock = Clock()
    breaker = opened(clock)
    assert [breaker.allows() for _ in range(3)] == [False, False, False]
    clock.seconds += 1
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.failed()
    clock.seconds += 1
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]
    breaker.failed()
    assert breaker.allows()


def test_a_probe_that_says_nothing_is_followed_by_another():
    clock = Clock()
    breaker = opened(clock)
    for _ in range(3):
        clock.seconds += 1
        assert breaker.allows()
        assert not breaker.allows()


def test_each_member_shard_and_kind_of_work_has_its_own():
    breakers = Breakers(Clock())
    for _ in range(3):
        breakers.of(None, "shard-1", Work.WRITE).failed()
    assert not breakers.of(None, "shard-1", Work.WRITE).allows()
    assert breakers.of(None, "shard-1", Work.READ).allows()
    assert breakers.of(None, "shard-2", Work.WRITE).allows()
