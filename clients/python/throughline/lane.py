"""The direct operations of one client on one shard: so many at a time, so many waiting, and no more."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Callable


class LaneFull(Exception):
    """As many operations wait as fallback.queue-limit allows."""


class LaneClosed(Exception):
    """The client was closed."""


class Lane:
    """Thread-safe."""

    def __init__(self, shard: str, connections: int, queue_limit: int):
        self._executor = ThreadPoolExecutor(connections, thread_name_prefix=f"throughline-{shard}")
        self._full = (
            f"{queue_limit} operations of this client wait for {shard} already, which is fallback.queue-limit"
        )
        self._lock = threading.Lock()
        self._free = connections + queue_limit

    @property
    def is_full(self) -> bool:
        with self._lock:
            return self._free == 0

    def run(self, work: Callable[[], None]) -> None:
        """Takes work that raises nothing. Raises LaneFull or LaneClosed."""
        with self._lock:
            if self._free == 0:
                raise LaneFull(self._full)
            self._free -= 1
        try:
            self._executor.submit(self._run, work)
        except RuntimeError:
            self._leave()
            raise LaneClosed("this client has been closed") from None

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self._leave()

    def _leave(self) -> None:
        with self._lock:
            self._free += 1

    def close(self) -> None:
        """Ends what has been taken on first."""
        self._executor.shutdown(wait=True)
