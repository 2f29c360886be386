"""One call of the cache that is waited for only so long."""

import threading
from concurrent.futures import Future
from typing import Any, Callable, Optional, Protocol, Tuple, Union

from hazelcast.future import Future as CacheFuture

from throughline.timeouts import Timeouts

Call = Callable[[], "Union[CacheFuture[Any], Future[Any]]"]


class Caller(Protocol):
    """One of the first three is called, once. None may block, or raise."""

    def answered(self, answer: Any) -> None: ...

    def failed(self, error: Exception) -> None: ...

    def given_up(self) -> None:
        """It took too long. The call may still take effect."""

    def answered_late(self, answer: Any) -> None:
        """After it was given up."""

    def failed_late(self, error: Exception) -> None:
        """After it was given up."""


class CacheTry:
    """Thread-safe."""

    def __init__(self, caller: Caller):
        self._caller: Optional[Caller] = caller
        self._lock = threading.Lock()
        self._waiting = True

    def start(self, call: Call, timeouts: Timeouts) -> None:
        try:
            future = call()
        except Exception as error:
            self._failed(error)
            return
        future.add_done_callback(self._done)
        if not future.done() and not timeouts.start(self._give_up):
            self._give_up()

    def _done(self, future: Any) -> None:
        error = future.exception()
        if error is None:
            self._answered(future.result())
        else:
            self._failed(error)
        # The timeout keeps this a while longer, and need not keep the value.
        self._caller = None

    def _answered(self, answer: Any) -> None:
        caller, in_time = self._end()
        if caller is not None:
            (caller.answered if in_time else caller.answered_late)(answer)

    def _failed(self, error: Exception) -> None:
        caller, in_time = self._end()
        if caller is not None:
            (caller.failed if in_time else caller.failed_late)(error)

    def _give_up(self) -> None:
        caller, in_time = self._end()
        if caller is not None and in_time:
            caller.given_up()

    def _end(self) -> Tuple[Optional[Caller], bool]:
        with self._lock:
            in_time = self._waiting
            self._waiting = False
            return self._caller, in_time
