"""Writes: those that the shard decides in any case, and puts, which the cache is asked for first."""

from concurrent.futures import Future
from typing import Any, Callable, Optional, TypeVar

from hazelcast.proxy.map import Map

from throughline.attempt import AttemptEnvelope, SentAttempt
from throughline.breaker import Breaker, Work
from throughline.cache_try import CacheTry
from throughline.copies import DirectWrite
from throughline.fallbacks import Route
from throughline.invalidations import Invalidations
from throughline.member_answer import Kind, MemberAnswer
from throughline.outcomes import ServedBy
from throughline.overlay import Overlay
from throughline.running import Running
from throughline.sending import Sending
from throughline.failures import Patience
from throughline.shard import DirectOutcome, Stopwatch
from throughline.timeouts import Timeouts

R = TypeVar("R")


class ResilientDecision(Running[R]):
    """An operation with a condition, as what the cache holds may be behind, or a remove, whose tombstone it can't write.

    Then the cache is told; while it answers in time, every client sees the outcome as soon as this one does.
    """

    def __init__(
        self,
        route: Route,
        write: DirectWrite,
        overlay: Overlay,
        invalidations: Invalidations,
        timeouts: Timeouts,
        result: Callable[[DirectOutcome], R],
    ):
        super().__init__(route)
        self._write = write
        self._overlay = overlay
        self._invalidations = invalidations
        self._timeouts = timeouts
        self._of = result

    def start(self) -> "Future[R]":
        self.on_lane(False, self._at_the_shard)
        return self.result

    def _at_the_shard(self, patience: Patience) -> None:
        key = self.route.operation.key
        stopwatch = Stopwatch()
        try:
            outcome = self.route.shard.write(self._write, None, Sending(), patience)
        except Exception:
            self._invalidations.of(key)
            raise
        if outcome.applied:
            self._tell_the_cache(self._of(outcome), shard_was_quick=stopwatch.seconds < self._timeouts.seconds)
        else:
            self._overlay.add(key)
            self.succeed(self._of(outcome))

    def _tell_the_cache(self, result: R, shard_was_quick: bool) -> None:
        told = self._invalidations.of(self.route.operation.key)
        breaker = self.route.breaker(Work.WRITE)
        if not breaker.allows():
            self.succeed(result)
            return
        CacheTry(_Told(self, breaker, result, shard_was_quick)).start(lambda: told, self._timeouts)


class _Told:
    def __init__(self, decision: "ResilientDecision[R]", breaker: Breaker, result: R, shard_was_quick: bool):
        self._decision = decision
        self._breaker = breaker
        self._result = result
        self._shard_was_quick = shard_was_quick

    def answered(self, _: Any) -> None:
        self._breaker.succeeded()
        self._decision.succeed(self._result)

    def failed(self, _: Exception) -> None:
        self._decision.succeed(self._result)

    def given_up(self) -> None:
        # Where the shard is slow, every member is.
        if self._shard_was_quick:
            self._breaker.failed()
        self._decision.succeed(self._result)

    def answered_late(self, _: Any) -> None: ...

    def failed_late(self, _: Exception) -> None: ...


class ResilientPut(Running[ServedBy]):
    """An attempt through the cache, and a fallback to the shard if that is slow.

    Both are the same operation, by its id, so the row takes it once, whichever comes first. The cache decides until the
    fallback begins, and again if it answers before anything of the fallback was sent; from there on the shard decides.
    """

    def __init__(
        self, route: Route, write: DirectWrite, cache: "Map[str, Any]", invalidations: Invalidations, timeouts: Timeouts
    ):
        super().__init__(route)
        self._write = write
        self._cache = cache
        self._invalidations = invalidations
        self._timeouts = timeouts
        self._breaker = route.breaker(Work.WRITE)
        self._sending = Sending()
        self._attempt: Optional[SentAttempt] = None
        self._attempt_refused = False

    def start(self, value: Any) -> "Future[ServedBy]":
        """Takes the value as the cache has it."""
        if self._breaker.allows():
            self._attempt = self.route.shard.attempt(self._write.id, self._timeouts.seconds)
            envelope = AttemptEnvelope(self._attempt.attempt, value)
            CacheTry(self).start(lambda: self._cache.set(self.route.operation.key, envelope), self._timeouts)
        else:
            self._fall_back(None)
        return self.result

    def answered(self, _: Any) -> None:
        self._breaker.succeeded()
        self.succeed(ServedBy.CACHE)

    def failed(self, error: Exception) -> None:
        self.guarded(lambda: self._failed(MemberAnswer.of(error)))

    def _failed(self, answer: MemberAnswer) -> None:
        if self._refused(answer):
            self._breaker.succeeded()
            self.fail(answer.refusal())
        elif answer.kind is Kind.WRITTEN:
            self._breaker.succeeded()
            self._written_at_the_shard()
        elif answer.kind is Kind.LATE:
            self._breaker.succeeded()
            self._fall_back(self._attempt)
        elif answer.kind is Kind.AHEAD:
            self._breaker.succeeded()
            self._fall_back(None)
        else:
            self._fall_back(self._attempt, member_was_slow=True)

    def _refused(self, answer: MemberAnswer) -> bool:
        if answer.kind is Kind.REFUSED_BY_THIS_MEMBER:
            return self.route.owner_is_the_same()
        return answer.kind is Kind.REFUSED

    def given_up(self) -> None:
        self._fall_back(self._attempt, member_was_slow=True)

    def answered_late(self, _: Any) -> None:
        if self._sending.call_off():
            self.succeed(ServedBy.CACHE)

    def failed_late(self, error: Exception) -> None:
        self._attempt_refused = self._refused(MemberAnswer.of(error))

    def _fall_back(self, attempt: Optional[SentAttempt], member_was_slow: bool = False) -> None:
        """Takes what the cache was asked, where that may arrive at the row at any time."""
        self.guarded(
            lambda: self.on_lane(
                attempt is not None, lambda patience: self._at_the_shard(patience, attempt, member_was_slow)
            )
        )

    def _at_the_shard(self, patience: Patience, attempt: Optional[SentAttempt], member_was_slow: bool) -> None:
        stopwatch = Stopwatch()
        try:
            outcome = self.route.shard.write(self._write, attempt, self._sending, patience)
        except Exception as failure:
            self._failed_at_the_shard(failure)
            return
        if outcome.applied:
            if member_was_slow and stopwatch.seconds < self._timeouts.seconds:
                self._breaker.failed()
            self._written_at_the_shard()

    def _written_at_the_shard(self) -> None:
        self._invalidations.of(self.route.operation.key)
        self.succeed(ServedBy.SHARD)

    def _failed_at_the_shard(self, failure: Exception) -> None:
        # Where the shard was never reached and the member has refused as well, nothing is in doubt.
        if self._attempt_refused and self._sending.call_off():
            self.fail(
                self.route.operation.refused(
                    "SHARD_UNAVAILABLE",
                    "neither a member nor this client reached the shard",
                    "Try again when the shard has a primary and a quorum.",
                )
            )
            return
        self._invalidations.of(self.route.operation.key)
        self.fail(failure)
