"""How a client learns what time its shard has."""

import time

from throughline.clock import ShardClock

MINUTE = 60_000


def clock_at(millis: int) -> tuple[ShardClock, float]:
    """A clock that was set, and the moment when."""
    clock, moment = ShardClock(), time.monotonic()
    clock.set(millis, moment, moment)
    return clock, moment


def off(clock: ShardClock, millis: int, moment: float) -> float:
    """How far it is from what it would be if it had been set to this at this moment."""
    return abs(clock.now() - millis - (time.monotonic() - moment) * 1000)


def test_before_its_shard_has_said_anything_it_is_this_machines():
    assert abs(ShardClock().now() - time.time() * 1000) < 50


def test_what_is_as_expected_changes_nothing():
    clock, moment = clock_at(MINUTE)
    for said in (MINUTE - 19, MINUTE + 2_000, MINUTE + 4_000, MINUTE + 4_019):
        clock.correct(said, moment, moment + 4)
        assert off(clock, MINUTE, moment) <= 2


def test_what_is_off_is_taken_for_the_time_in_the_middle():
    for said in (0, MINUTE - 30, MINUTE + 4_030, 3 * MINUTE):
        clock, moment = clock_at(MINUTE)
        clock.correct(said, moment, moment + 4)
        assert off(clock, said - 2_000, moment) <= 2
