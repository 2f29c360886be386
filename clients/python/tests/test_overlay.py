"""How long a key is read from its shard."""

from throughline.overlay import Overlay

from test_breaker import Clock


def test_a_key_stays_for_its_time():
    clock = Clock()
    overlay = Overlay(5, clock)
    assert "a" not in overlay
    overlay.add("a")
    clock.seconds += 4.9
    assert "a" in overlay and "b" not in overlay
    clock.seconds += 0.1
    assert "a" not in overlay


def test_a_key_that_is_added_again_stays_from_then():
    clock = Clock()
    overlay = Overlay(5, clock)
    overlay.add("a")
    clock.seconds += 4
    overlay.add("a")
    clock.seconds += 4
    assert "a" in overlay


def test_a_key_stays_while_an_evict_has_no_answer_and_for_its_time_from_there():
    clock = Clock()
    overlay = Overlay(5, clock)
    overlay.evict_sent("a")
    overlay.evict_sent("a")
    clock.seconds += 100
    assert "a" in overlay
    overlay.evict_answered("a")
    clock.seconds += 100
    assert "a" in overlay
    overlay.evict_answered("a")
    clock.seconds += 4.9
    assert "a" in overlay
    clock.seconds += 0.1
    assert "a" not in overlay


def test_keys_whose_time_has_passed_are_forgotten():
    clock = Clock()
    overlay = Overlay(5, clock)
    for number in range(1000):
        overlay.add(f"key {number}")
        clock.seconds += 0.01
    assert len(overlay) == 500 or len(overlay) == 501
