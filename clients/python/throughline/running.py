"""One operation on its way to a result."""

from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Callable, Generic, TypeVar

from throughline.errors import ThroughlineError
from throughline.fallbacks import Route
from throughline.lane import LaneClosed, LaneFull
from throughline.failures import Patience

R = TypeVar("R")


class Running(Generic[R]):
    """Whatever goes wrong in a step of it ends it: no caller waits for ever."""

    def __init__(self, route: Route):
        self.route = route
        self.result: "Future[R]" = Future()
        # So that nobody can cancel it: what was sent goes on.
        self.result.set_running_or_notify_cancel()

    def on_lane(self, attempted: bool, work: Callable[[Patience], None]) -> None:
        """Runs it on the shard's lane, where it may block."""
        patience = self.route.shard.patience(self.route.operation)
        try:
            self.route.lane.run(lambda: self.guarded(lambda: work(patience)))
        except LaneFull as full:
            self.fail(self._unsent(attempted, "OVERLOADED", str(full), "Slow down and try again."))
        except LaneClosed as closed:
            self.fail(self._unsent(attempted, "CLIENT_CLOSED", str(closed), "Open another."))

    def _unsent(self, attempted: bool, code: str, what: str, way_out: str) -> ThroughlineError:
        operation = self.route.operation
        if attempted:
            return operation.unknown(code, f"the cache gave no answer, and {what}", way_out)
        return operation.refused(code, what, way_out)

    def guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except BaseException as error:
            self.fail(error)

    def succeed(self, result: R) -> None:
        # One of them wins where the cache and the shard answer at once.
        with suppress(InvalidStateError):
            self.result.set_result(result)

    def fail(self, error: BaseException) -> None:
        with suppress(InvalidStateError):
            self.result.set_exception(error)
