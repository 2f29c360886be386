"""Many operations in one call: so many at a time, each on its own way."""

import threading
from concurrent.futures import Future
from functools import partial
from typing import Callable, Dict, Generic, Hashable, Iterator, Optional, Tuple, TypeVar

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

# More would wait for each other longer than the cache is waited for.
_AT_ONCE = 128


def side_by_side(calls: Dict[K, Callable[[], "Future[R]"]]) -> "Future[Dict[K, R]]":
    """Ends when all have, with the results in the order of the calls, or with the first of the errors in that order."""
    return _SideBySide(calls).start()


class _SideBySide(Generic[K, R]):
    def __init__(self, calls: Dict[K, Callable[[], "Future[R]"]]):
        self._calls: Iterator[Tuple[K, Callable[[], "Future[R]"]]] = iter(calls.items())
        self._ended: Dict[K, Optional["Future[R]"]] = dict.fromkeys(calls)
        self._left = len(calls)
        self._lock = threading.Lock()
        self._free = _AT_ONCE
        self._starting = False
        self._all: "Future[Dict[K, R]]" = Future()

    def start(self) -> "Future[Dict[K, R]]":
        self._all.set_running_or_notify_cancel()
        if self._left == 0:
            self._all.set_result({})
        self._start_more()
        return self._all

    def _start_more(self) -> None:
        """By one thread at a time, in a loop: calls that end at once must not pile up on the stack."""
        with self._lock:
            if self._starting:
                return
            self._starting = True
        while True:
            with self._lock:
                following = next(self._calls, None) if self._free else None
                if following is None:
                    self._starting = False
                    return
                self._free -= 1
            key, call = following
            try:
                future = call()
            except Exception as error:
                future = Future()
                future.set_exception(error)
            future.add_done_callback(partial(self._done, key))

    def _done(self, key: K, future: "Future[R]") -> None:
        with self._lock:
            self._ended[key] = future
            self._free += 1
            self._left -= 1
            last = self._left == 0
        if last:
            self._end()
        else:
            self._start_more()

    def _end(self) -> None:
        ended = {key: future for key, future in self._ended.items() if future is not None}
        for future in ended.values():
            error = future.exception()
            if error is not None:
                self._all.set_exception(error)
                return
        self._all.set_result({key: future.result() for key, future in ended.items()})
