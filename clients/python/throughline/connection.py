"""One connection to a shard's primary, with a bound to its silence."""

import time
from typing import Any, Dict, Generator, List, Optional, Sequence, TypeVar

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from throughline import statements
from throughline.primary import Primary

R = TypeVar("R")

_READ_ONLY = "25006"


class SocketTimeout(psycopg.OperationalError):
    """The server was silent for too long. What was sent may still run."""


class ShardConnection(psycopg.Connection[TupleRow]):
    """For one thread at a time.

    PostgreSQL's own timeouts cancel, and a commit whose wait for the standbys is cancelled is reported as a success while
    it is on the primary alone. So the bound is here: past it the connection is closed, and nothing is cancelled.
    """

    primary: Primary
    warned = False

    @classmethod
    def connect(cls, conninfo: str = "", *, primary: Primary, **parameters: Any) -> "ShardConnection":  # type: ignore[override]
        """To whichever host is primary now. It is asked first whose shard it is and what time it has."""
        try:
            connection = super().connect(conninfo, autocommit=True, prepare_threshold=None, **parameters)
            connection.primary = primary
            connection.add_notice_handler(connection._noticed)
            connection._verify()
        except psycopg.Error as failure:
            primary.failure = failure
            raise
        primary.failure = None
        return connection

    def _verify(self) -> None:
        try:
            asked = time.monotonic()
            row = self.execute(statements.WHOSE_SHARD_AND_CLOCK).fetchone()
            self.primary.verify(row, asked, time.monotonic())
        except psycopg.Error:
            self.close()
            raise

    def _noticed(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self.warned = True

    def in_one_round_trip(
        self, queries: Sequence[sql.Composed], parameters: Dict[str, Any]
    ) -> "List[psycopg.Cursor[TupleRow]]":
        """A message for each query, and one answer to all.

        Not one string of them: a session looks for changed settings between messages, never within one, so what comes
        after the COMMIT in the same string still sees the replication of before.
        """
        try:
            with self.pipeline():
                return [self.execute(query, parameters) for query in queries]
        except psycopg.errors.PipelineAborted as aborted:
            raise cause_of(aborted) from aborted

    def wait(self, gen: Generator[Any, Any, R], *args: Any, **kwargs: Any) -> R:
        primary: Optional[Primary] = getattr(self, "primary", None)
        if primary is None:
            return super().wait(gen, *args, **kwargs)
        try:
            return super().wait(_bounded(gen, primary.socket_timeout), *args, **kwargs)
        except SocketTimeout:
            self.close()
            raise

    def leave_if_read_only(self, failure: psycopg.Error) -> None:
        """It leads to a host that is primary no more."""
        if failure.sqlstate == _READ_ONLY:
            self.close()

    def roll_back(self) -> None:
        """Or closes it, where even that fails."""
        try:
            self.rollback()
        except psycopg.Error:
            self.close()


def cause_of(aborted: psycopg.Error) -> psycopg.Error:
    """What a query after the one that failed is told says nothing."""
    cause = aborted.__context__
    return cause_of(cause) if isinstance(cause, psycopg.Error) else aborted


def _bounded(gen: Generator[Any, Any, R], seconds: float) -> Generator[Any, Any, R]:
    """What drives it wakes it ten times a second with nothing in hand."""
    deadline = time.monotonic() + seconds
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() > deadline:
                raise SocketTimeout(f"no answer within {seconds:g} s (connections.socket-timeout)")
            wanted = gen.send(ready)
    except StopIteration as done:
        result: R = done.value
        return result
