"""What the row's answer to a copy means."""

import itertools

import pytest
from throughline.attempt import Attempt, SentAttempt
from throughline.copies import NEVER, Copies, DirectWrite, Verdict, forgotten_from, verdict
from throughline.operation import Operation, Verb
from throughline.settings import MapSettings, ValueFormat
from throughline.statements import Kind, Reply

NOW, SKEW = 1_000_000, 60_000
KV = MapSettings("kv", ValueFormat.TEXT, "kv", 1 << 20)


def write(kind: Kind) -> DirectWrite:
    expected = "old" if kind is Kind.REPLACE else None
    return DirectWrite(kind, Operation(Verb.PUT, "kv", "a", 1, "shard-1"), KV, "new", expected, 7)


def reply(taken: bool = False, not_before: int = 0, column: str | None = None, guarded: bool = True) -> Reply:
    return Reply(taken, not_before, column, (), NOW, guarded, replicated=True, warned=False)


VERDICTS = {
    "taken": (Kind.PUT, reply(taken=True, not_before=NOW + 9), NOW, Verdict.WRITTEN),
    "taken, also where replication is off": (Kind.PUT, reply(taken=True, guarded=False), NOW, Verdict.WRITTEN),
    "replication is off": (Kind.PUT, reply(guarded=False), NOW, Verdict.NOT_REPLICATED),
    "a later deadline": (Kind.PUT, reply(not_before=NOW), NOW, Verdict.OVERTAKEN),
    "a clock ahead": (Kind.REMOVE, reply(), NOW + SKEW + 1, Verdict.AHEAD),
    "as far ahead as may be": (Kind.REMOVE, reply(), NOW + SKEW, Verdict.CHANGED),
    "not absent": (Kind.PUT_IF_ABSENT, reply(column="old"), NOW, Verdict.CONDITION_FAILED),
    "absent by now": (Kind.PUT_IF_ABSENT, reply(), NOW, Verdict.CHANGED),
    "another value": (Kind.REPLACE, reply(column="other"), NOW, Verdict.CONDITION_FAILED),
    "no value": (Kind.REPLACE, reply(), NOW, Verdict.CONDITION_FAILED),
    "the value by now": (Kind.REPLACE, reply(column="old"), NOW, Verdict.CHANGED),
}


@pytest.mark.parametrize("kind, said, deadline, expected", VERDICTS.values(), ids=VERDICTS)
def test_a_reply_has_one_meaning(kind: Kind, said: Reply, deadline: int, expected: Verdict):
    assert verdict(write(kind), said, deadline, NEVER, SKEW, must_be_guarded=True) is expected


def test_whoever_chooses_availability_writes_without_replication():
    assert verdict(write(Kind.PUT), reply(guarded=False), NOW, NEVER, SKEW, must_be_guarded=False) is Verdict.CHANGED


REMEMBERED = {
    "one from before the copy was sent": (Kind.PUT, (2, 600_000, 4, 600_000, 6, 600_000, 8, 499_000), Verdict.CHANGED),
    "fewer than it can remember": (Kind.PUT, (2, 600_000, 4, 600_000, 6, 600_000), Verdict.CHANGED),
    "a later put": (Kind.PUT, (1, 600_003, 3, 600_002, 6, 600_001, 7, 600_000), Verdict.WRITTEN),
    "a later put, for a remove": (Kind.REMOVE, (2, 600_003, 3, 600_002, 5, 600_001, 7, 600_000), Verdict.WRITTEN),
    "conditional operations only": (Kind.PUT, (1, 600_003, 3, 600_002, 5, 600_001, 7, 600_000), Verdict.FORGOTTEN),
    "puts, for a replace": (Kind.REPLACE, (2, 600_003, 4, 600_002, 6, 600_001, 8, 600_000), Verdict.FORGOTTEN),
    "puts, for a put if absent": (Kind.PUT_IF_ABSENT, (2, 600_003, 4, 600_002, 6, 600_001, 8, 600_000), Verdict.FORGOTTEN),
    "all within what this client may be off with": (
        Kind.PUT,
        (2, 500_040, 4, 500_030, 6, 500_020, 8, 500_010),
        Verdict.FORGOTTEN,
    ),
    "the oldest within that": (Kind.PUT, (1, 600_003, 3, 600_002, 5, 600_001, 7, 499_950), Verdict.FORGOTTEN),
    "the oldest a moment before that": (Kind.PUT, (1, 600_003, 3, 600_002, 5, 600_001, 7, 499_949), Verdict.CHANGED),
}


@pytest.mark.parametrize("kind, attempts, expected", REMEMBERED.values(), ids=REMEMBERED)
def test_what_a_row_remembers_shows_whether_it_may_have_forgotten(
    kind: Kind, attempts: tuple[int, ...], expected: Verdict
):
    """Of an operation whose first copy was sent at 500,000."""
    column = "old" if kind is Kind.REPLACE else None
    said = Reply(False, 0, column, attempts, NOW, guarded=True, replicated=True, warned=False)
    assert verdict(write(kind), said, NOW, 500_000, SKEW, must_be_guarded=True) is expected


def test_nothing_is_forgotten_where_no_copy_may_have_arrived():
    full = Reply(False, 0, "other", (2, NOW, 4, NOW, 6, NOW, 8, NOW), NOW, guarded=True, replicated=True, warned=False)
    assert verdict(write(Kind.PUT), full, NOW, NEVER, SKEW, must_be_guarded=True) is Verdict.CHANGED
    assert forgotten_from(NEVER) == NEVER == (1 << 63) - 1
    assert forgotten_from(NOW) == NOW - 50


def test_each_copy_has_a_later_deadline_than_all_before():
    copies = Copies(SentAttempt(Attempt(NOW + 250, 7), NOW))
    assert copies.may_arrive
    deadlines = [copies.next_deadline(now) for now in (NOW, NOW, NOW + 300, NOW + 299)]
    assert deadlines == [NOW + 251, NOW + 252, NOW + 300, NOW + 301]
    copies.after(NOW + 900)
    assert copies.next_deadline(NOW) == NOW + 901
    assert all(earlier < later for earlier, later in itertools.pairwise(deadlines))


def test_only_what_was_sent_and_not_answered_may_arrive():
    copies = Copies(None)
    assert copies.next_deadline(NOW) == NOW
    assert not copies.may_arrive
    assert copies.first_sent == NEVER
    copies.next_deadline(NOW + 5)
    copies.lost()
    assert copies.may_arrive
    assert copies.first_sent == NOW


def test_an_attempt_is_the_first_that_was_sent():
    copies = Copies(SentAttempt(Attempt(NOW + 250, 7), NOW))
    copies.next_deadline(NOW + 300)
    assert copies.first_sent == NOW


def test_a_deadline_of_a_wrong_clock_is_begun_anew_once():
    copies = Copies(None)
    assert copies.next_deadline(NOW + 2 * SKEW) == NOW + 2 * SKEW
    assert copies.begin_anew()
    assert copies.next_deadline(NOW) == NOW
    copies.lost()
    assert copies.first_sent == NOW
    assert not copies.begin_anew()

    twice = Copies(None)
    twice.next_deadline(NOW)
    assert twice.begin_anew() and not twice.begin_anew()


def test_a_deadline_that_is_the_rows_or_an_attempts_is_not_begun_anew():
    follows = Copies(None)
    follows.next_deadline(NOW)
    follows.after(NOW + 2 * SKEW)
    assert not follows.begin_anew()
    assert not Copies(SentAttempt(Attempt(NOW + 2 * SKEW, 7), NOW)).begin_anew()
