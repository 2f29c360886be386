"""What the row's answer to a copy means."""

import itertools

import pytest
from throughline.attempt import Attempt
from throughline.copies import Copies, DirectWrite, Verdict, verdict
from throughline.operation import Operation, Verb
from throughline.settings import MapSettings, ValueFormat
from throughline.statements import Kind, Reply

NOW, SKEW = 1_000_000, 60_000
KV = MapSettings("kv", ValueFormat.TEXT, "kv", 1 << 20)


def write(kind: Kind) -> DirectWrite:
    expected = "old" if kind is Kind.REPLACE else None
    return DirectWrite(kind, Operation(Verb.PUT, "kv", "a", 1, "shard-1"), KV, "new", expected, 7)


def reply(taken: bool = False, not_before: int = 0, column: str | None = None, guarded: bool = True) -> Reply:
    return Reply(taken, not_before, column, NOW, guarded, replicated=True, warned=False)


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
    assert verdict(write(kind), said, deadline, SKEW, must_be_guarded=True) is expected


def test_whoever_chooses_availability_writes_without_replication():
    assert verdict(write(Kind.PUT), reply(guarded=False), NOW, SKEW, must_be_guarded=False) is Verdict.CHANGED


def test_each_copy_has_a_later_deadline_than_all_before():
    copies = Copies(Attempt(NOW + 250, 7))
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
    copies.lost()
    assert copies.may_arrive
