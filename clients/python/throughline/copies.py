"""The copies of one operation that were sent, and what the row's answer to one of them means. Pure."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Optional

from throughline.attempt import Attempt
from throughline.operation import Operation
from throughline.rows import Column
from throughline.settings import MapSettings
from throughline.statements import Kind, Reply


@dataclass(frozen=True)
class DirectWrite:
    """What is to become of a row, straight at the shard.

    Attributes:
        value: None for a REMOVE and nothing else.
        expected: what a REPLACE replaces; None for all else.
        id: of the operation, random: the row takes it once, however often it is sent.
    """

    kind: Kind
    operation: Operation
    map: MapSettings
    value: Optional[Column]
    expected: Optional[Column]
    id: int


class Copies:
    """Each has a later deadline than the one before. For one thread."""

    def __init__(self, attempt: Optional[Attempt]):
        self._latest = attempt.deadline if attempt else 0
        self.may_arrive = attempt is not None

    def next_deadline(self, now: int) -> int:
        self._latest = max(now, self._latest + 1)
        return self._latest

    def after(self, not_before: int) -> None:
        """The row has taken this deadline, so the next one has to be later."""
        self._latest = max(self._latest, not_before)

    def lost(self) -> None:
        """The answer to the last copy is lost: it may still take effect."""
        self.may_arrive = True


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
    NOT_REPLICATED = auto()
    """Synchronous replication is not in force, so nothing was written."""


def verdict(write: DirectWrite, reply: Reply, deadline: int, max_skew: int, must_be_guarded: bool) -> Verdict:
    if reply.taken:
        return Verdict.WRITTEN
    if must_be_guarded and not reply.guarded:
        return Verdict.NOT_REPLICATED
    if deadline > reply.now + max_skew:
        return Verdict.AHEAD
    if reply.not_before >= deadline:
        return Verdict.OVERTAKEN
    return Verdict.CHANGED if _holds(write, reply.column) else Verdict.CONDITION_FAILED


def _holds(write: DirectWrite, column: Optional[Column]) -> bool:
    if write.kind is Kind.PUT_IF_ABSENT:
        return column is None
    if write.kind is Kind.REPLACE:
        return column is not None and column == write.expected
    return True
