"""What a failure says about the row that was sent, and what is said to the caller when it can't be helped."""

import time
from enum import Enum, auto
from typing import Optional, Union

import psycopg

from throughline.errors import RefusedError, UnknownOutcomeError
from throughline.operation import Operation

_CONNECTION_LOST = frozenset({"57P01", "57P02", "57P05", "40003"})

# read-only (a standby), transaction rollback, out of resources, lock not available, operator, system error
_PASSING_CLASSES = frozenset({"25", "40", "53", "55", "57", "58"})


class FailureKind(Enum):
    """By SQLState (PostgreSQL, appendix A): one that the server sent means that the transaction is aborted; a lost
    connection means nothing."""

    ROW = auto()
    """The row or the table is at fault; nothing was stored."""
    NOT_STORED = auto()
    """Nothing was stored, and the same may succeed later."""
    MAYBE_STORED = auto()
    """The answer is lost."""

    @staticmethod
    def of(failure: psycopg.Error) -> "FailureKind":
        state = failure.sqlstate
        if state is None or state.startswith(("08", "XX")) or state in _CONNECTION_LOST:
            return FailureKind.MAYBE_STORED
        return FailureKind.NOT_STORED if state[:2] in _PASSING_CLASSES else FailureKind.ROW


class Patience:
    """How long one operation may take at its shard, from when it began to wait for a connection."""

    def __init__(self, operation: Operation, seconds: float):
        self._operation = operation
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._last: Optional[psycopg.Error] = None

    def note(self, failure: Optional[psycopg.Error]) -> None:
        self._last = failure or self._last

    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def timed_out(self, may_be_stored: bool) -> Union[RefusedError, UnknownOutcomeError]:
        last = f"; the last failure: {_first_line(self._last)}" if self._last else ""
        return self._failed(
            may_be_stored,
            "WRITE_TIMEOUT" if may_be_stored else "SHARD_UNAVAILABLE",
            f"the shard did not answer within {self._seconds * 1000:.0f} ms (fallback.direct-timeout){last}",
            "Try again when the shard has a primary and a quorum.",
        )

    def refused_by_database(
        self, failure: psycopg.Error, may_be_stored: bool
    ) -> Union[RefusedError, UnknownOutcomeError]:
        return self._failed(
            may_be_stored,
            "DATABASE_REFUSED",
            f"PostgreSQL refused it with SQLState {failure.sqlstate}: {_first_line(failure)}",
            "Correct the row, the table or the role's rights.",
        )

    def ahead(self, millis: int, may_be_stored: bool) -> Union[RefusedError, UnknownOutcomeError]:
        return self._failed(
            may_be_stored,
            "CLOCK_SKEW",
            f"its deadline is {millis} ms ahead of the shard's clock, more than attempts.max-clock-skew",
            "Correct the clocks of the client's and the shard's machines.",
        )

    def forgotten(self) -> UnknownOutcomeError:
        return self._operation.unknown(
            "ATTEMPT_REPEATED",
            "an earlier try got no answer, and the row has taken more operations since than it remembers",
            "Read the key to see.",
        )

    def not_replicated(self, may_be_stored: bool) -> Union[RefusedError, UnknownOutcomeError]:
        return self._failed(
            may_be_stored,
            "NOT_REPLICATED",
            "the shard's synchronous replication is off, so an acknowledged write would be on one machine only",
            "Set synchronous_standby_names and synchronous_commit again, or choose write.on-degraded: warn.",
        )

    def on_one_machine(self) -> UnknownOutcomeError:
        return self._operation.unknown(
            "NOT_REPLICATED",
            "it was committed on the primary, and no standby has confirmed it",
            "Put it again when the shard's synchronous replication is back.",
        )

    def _failed(
        self, may_be_stored: bool, code: str, what: str, way_out: str
    ) -> Union[RefusedError, UnknownOutcomeError]:
        if may_be_stored:
            return self._operation.unknown(code, f"{what}; an earlier try got no answer", way_out)
        return self._operation.refused(code, what, way_out)


def _first_line(failure: Optional[psycopg.Error]) -> str:
    return str(failure).strip().split("\n", 1)[0]
