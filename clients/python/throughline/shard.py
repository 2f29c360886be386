"""One shard as a client sees it: what is sent there is sent again while a primary is replaced."""

import time
from dataclasses import dataclass
from typing import Any, Dict, Optional

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from throughline import statements
from throughline.attempt import Attempt, SentAttempt
from throughline.connection import ShardConnection
from throughline.copies import Copies, DirectWrite, Verdict, forgotten_from, verdict
from throughline.failures import FailureKind, Patience
from throughline.operation import Operation
from throughline.primary import Primary
from throughline.rows import Column
from throughline.sending import Sending
from throughline.settings import MapSettings, Settings
from throughline.statements import Reply

# How long one look for a connection takes: a pool that can't open one says so only then.
_CONNECT_PATIENCE = 0.5


@dataclass(frozen=True)
class DirectOutcome:
    """What became of a direct write that did not fail.

    Attributes:
        applied: False where the condition did not hold, or where the write was called off.
        column: the row's value that stood in the way of the condition; else None.
    """

    applied: bool
    column: Optional[Column] = None


class DirectShard:
    """Its operations block, for fallback.direct-timeout at most and then one socket-timeout. Thread-safe."""

    def __init__(self, settings: Settings, shard: str):
        self.name = shard
        self._settings = settings
        self._max_skew = round(settings.max_clock_skew * 1000)
        self._must_be_guarded = settings.refuse_degraded
        self._primary = Primary(settings, shard)
        self._pool = ConnectionPool(
            self._primary.conninfo,
            connection_class=ShardConnection,
            kwargs={"primary": self._primary},
            min_size=1,
            max_size=settings.connections,
            # The pool would pause for seconds, and longer each time; a failover is over sooner. Who needs a connection
            # asks again, and the pool tries again then.
            reconnect_timeout=0,
            name=shard,
            open=True,
        )

    def now(self) -> int:
        """Milliseconds since 1970 on the shard's clock, as far as this client knows it."""
        return self._primary.clock.now()

    def attempt(self, id: int, seconds: float) -> SentAttempt:
        """A try of this operation through the cache that gives up after this long."""
        now = self.now()
        return SentAttempt(Attempt(now + round(seconds * 1000), id), now)

    def patience(self, operation: Operation) -> Patience:
        return Patience(operation, self._settings.direct_timeout)

    def write(
        self, write: DirectWrite, attempt: Optional[SentAttempt], sending: Sending, patience: Patience
    ) -> DirectOutcome:
        """Writes, or finds that the row has taken this operation already.

        Takes what was sent through the cache before, and may still arrive; None where nothing was. Raises RefusedError
        if nothing was written and nothing will be, UnknownOutcomeError if it may be written, now or later.
        """
        copies = Copies(attempt)
        backoff = Backoff()
        while not patience.is_over():
            connection = self._connection(patience)
            if connection is None:
                continue
            try:
                if not sending.begin():
                    return DirectOutcome(False)
                outcome = self._send(connection, write, copies, patience)
            finally:
                self._pool.putconn(connection)
            if outcome is not None:
                return outcome
            backoff.pause()
        raise patience.timed_out(copies.may_arrive)

    def read(self, operation: Operation, map: MapSettings, patience: Patience) -> Optional[Column]:
        """The column of the key, from the primary; None where it has none. Raises RefusedError."""
        backoff = Backoff()
        while not patience.is_over():
            connection = self._connection(patience)
            if connection is None:
                continue
            try:
                row = connection.execute(statements.read(map), {"key": operation.key}).fetchone()
                return row[0] if row else None
            except psycopg.Error as failure:
                patience.note(failure)
                self._after(connection, failure)
                if FailureKind.of(failure) is FailureKind.ROW:
                    raise patience.refused_by_database(failure, may_be_stored=False) from failure
            finally:
                self._pool.putconn(connection)
            backoff.pause()
        raise patience.timed_out(may_be_stored=False)

    def close(self) -> None:
        self._pool.close()

    def _connection(self, patience: Patience) -> Optional[ShardConnection]:
        try:
            return self._pool.getconn(_CONNECT_PATIENCE)
        except PoolTimeout as failure:
            patience.note(self._primary.failure or failure)
            return None

    def _send(
        self, connection: ShardConnection, write: DirectWrite, copies: Copies, patience: Patience
    ) -> Optional[DirectOutcome]:
        """None where it has to be sent again."""
        seal = copies.may_arrive
        asked = time.monotonic()
        deadline = copies.next_deadline(self.now())
        parameters = self._parameters(write, deadline, forgotten_from(copies.first_sent))
        try:
            reply = self._reply(connection, write, seal, parameters)
        except psycopg.Error as failure:
            patience.note(failure)
            kind = FailureKind.of(failure)
            self._after(connection, failure)
            if kind is FailureKind.ROW:
                raise patience.refused_by_database(failure, seal) from failure
            if kind is FailureKind.MAYBE_STORED:
                copies.lost()
            return None
        self._primary.clock.correct(reply.now, asked, time.monotonic())
        return self._settled(write, reply, deadline, copies, patience)

    def _after(self, connection: ShardConnection, failure: psycopg.Error) -> None:
        if FailureKind.of(failure) is FailureKind.MAYBE_STORED:
            connection.close()
        else:
            connection.leave_if_read_only(failure)
            connection.roll_back()

    def _reply(
        self, connection: ShardConnection, write: DirectWrite, seal: bool, parameters: Dict[str, Any]
    ) -> Reply:
        connection.warned = False
        queries = statements.write(write.map, write.kind, seal)
        *_, row, _, replication = connection.in_one_round_trip(queries, parameters)
        taken, not_before, column, attempts, now, guarded = _row(row)
        (replicated,) = _row(replication)
        return Reply(
            taken, not_before, column, tuple(attempts or ()), now, guarded, replicated, connection.warned
        )

    def _parameters(self, write: DirectWrite, deadline: int, forgotten_from: int) -> Dict[str, Any]:
        return {
            "key": write.operation.key,
            "partition": write.operation.partition,
            "value": write.value,
            "expected": write.expected,
            "deadline": deadline,
            "id": write.id,
            "max_skew": self._max_skew,
            "must_be_guarded": self._must_be_guarded,
            "forgotten_from": forgotten_from,
        }

    def _settled(
        self, write: DirectWrite, reply: Reply, deadline: int, copies: Copies, patience: Patience
    ) -> Optional[DirectOutcome]:
        found = verdict(write, reply, deadline, copies.first_sent, self._max_skew, self._must_be_guarded)
        if found is Verdict.WRITTEN:
            if self._must_be_guarded and not reply.on_quorum:
                raise patience.on_one_machine()
            return DirectOutcome(True)
        if found is Verdict.CONDITION_FAILED:
            return DirectOutcome(False, reply.column)
        if found is Verdict.FORGOTTEN:
            raise patience.forgotten()
        if found is Verdict.AHEAD and not copies.begin_anew():
            raise patience.ahead(deadline - reply.now, copies.may_arrive)
        if found is Verdict.NOT_REPLICATED:
            raise patience.not_replicated(copies.may_arrive)
        if found is Verdict.OVERTAKEN:
            copies.after(reply.not_before)
        return None


def _row(cursor: "psycopg.Cursor[Any]") -> Any:
    row = cursor.fetchone()
    if row is None:
        raise psycopg.InternalError("the statement brought no row")
    return row


class Stopwatch:
    def __init__(self) -> None:
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun


class Backoff:
    """The pause before something is sent again: 20 ms, doubling, at most half a second. A failover takes seconds."""

    def __init__(self) -> None:
        self._next = 0.02

    def pause(self) -> None:
        time.sleep(self._next)
        self._next = min(2 * self._next, 0.5)
