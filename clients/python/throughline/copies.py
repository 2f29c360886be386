"""The copies of one operation that were sent, and what the row's answer to one of them means. Pure."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Optional, Tuple

from throughline.attempt import SentAttempt
from throughline.operation import Operation
from throughline.rows import Column
from throughline.settings import MapSettings
from throughline.statements import Kind, Reply

# Later than any clock will say, and the largest bigint.
NEVER = (1 << 63) - 1

# How far this client may be off with when a copy was sent, on the shard's clock.
MARGIN_MILLIS = 50

# Of the numbers that a row remembers its operations by: an id and a time each.
_MOST_NUMBERS = 8


@dataclass(frozen=True)
class DirectWrite:
    """What is to become of a row, straight at the shard.

    Attributes:
        value: None for a REMOVE and nothing else.
        expected: what a REPLACE replaces; None for all else.
        id: of the operation, random, odd where a condition decides: the row takes it once, however often it is sent.
    """

    kind: Kind
    operation: Operation
    map: MapSettings
    value: Optional[Column]
    expected: Optional[Column]
    id: int


class Copies:
    """Each has a later deadline than the one before. For one thread."""

    def __init__(self, attempt: Optional[SentAttempt]):
        self._latest = attempt.attempt.deadline if attempt else 0
        self._first_sent = attempt.sent_at if attempt else NEVER
        self._follows_the_row = False
        self._began_anew = False
        self.may_arrive = attempt is not None

    @property
    def first_sent(self) -> int:
        """When the first was sent of those that may have been taken; NEVER where there is none."""
        return self._first_sent if self.may_arrive else NEVER

    def next_deadline(self, now: int) -> int:
        self._latest = max(now, self._latest + 1)
        self._first_sent = min(self._first_sent, now)
        return self._latest

    def after(self, not_before: int) -> None:
        """The row has taken this deadline, so the next one has to be later."""
        self._latest = max(self._latest, not_before)
        self._follows_the_row = True

    def lost(self) -> None:
        """The answer to the last copy is lost: it may still take effect, or have done so."""
        self.may_arrive = True

    def begin_anew(self) -> bool:
        """After a deadline too far ahead: whether that was a wrong clock's, which has been corrected by now. Once."""
        if self.may_arrive or self._follows_the_row or self._began_anew:
            return False
        self._latest, self._first_sent, self._began_anew = 0, NEVER, True
        return True


class Verdict(Enum):
    WRITTEN = auto()
    """The row has taken it, now or when it was sent before."""
    CONDITION_FAILED = auto()
    OVERTAKEN = auto()
    """The row has taken a later deadline: try with one later still."""
    CHANGED = auto()
    """Its condition holds now and did not a moment ago: try again."""
    AHEAD = auto()
    """The deadline is too far ahead of the shard's clock."""
    FORGOTTEN = auto()
    """An earlier copy may have been taken, and forgotten since."""
    NOT_REPLICATED = auto()
    """Synchronous replication is not in force, so nothing was written."""


def verdict(
    write: DirectWrite, reply: Reply, deadline: int, first_sent: int, max_skew: int, must_be_guarded: bool
) -> Verdict:
    """Takes when the first copy was sent that may have been taken; NEVER where there is none."""
    if reply.taken:
        return Verdict.WRITTEN
    if must_be_guarded and not reply.guarded:
        return Verdict.NOT_REPLICATED
    if deadline > reply.now + max_skew:
        return Verdict.AHEAD
    if reply.not_before >= deadline:
        return Verdict.OVERTAKEN
    if _may_be_forgotten(reply.attempts, first_sent):
        counts = not write.kind.conditional and _overwritten(reply.attempts, first_sent)
        return Verdict.WRITTEN if counts else Verdict.FORGOTTEN
    return Verdict.CHANGED if _holds(write, reply.column) else Verdict.CONDITION_FAILED


def forgotten_from(first_sent: int) -> int:
    """A row whose oldest remembered operation was taken then or later may have forgotten a copy."""
    return first_sent if first_sent == NEVER else first_sent - MARGIN_MILLIS


def _may_be_forgotten(attempts: Tuple[int, ...], first_sent: int) -> bool:
    return len(attempts) == _MOST_NUMBERS and attempts[-1] >= forgotten_from(first_sent)


def _overwritten(attempts: Tuple[int, ...], first_sent: int) -> bool:
    """Whether an unconditional write, which has an even id, was taken since: then this one, taken or not, counts as written
    just before it."""
    return any(
        id % 2 == 0 and taken_at > first_sent + MARGIN_MILLIS for id, taken_at in zip(attempts[::2], attempts[1::2])
    )


def _holds(write: DirectWrite, column: Optional[Column]) -> bool:
    if write.kind is Kind.PUT_IF_ABSENT:
        return column is None
    if write.kind is Kind.REPLACE:
        return column is not None and column == write.expected
    return True
