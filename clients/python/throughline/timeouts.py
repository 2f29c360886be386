"""Calls back when a time has passed that is the same for all who ask, so that a queue will do."""

import logging
import threading
import time
from collections import deque
from typing import Callable, Deque, Tuple

_log = logging.getLogger("throughline")


class Timeouts:
    """Thread-safe. Calls back on a thread of its own, where nothing may block."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self._due: Deque[Tuple[float, Callable[[], None]]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="throughline-timeouts", daemon=True)
        self._thread.start()

    def start(self, callback: Callable[[], None]) -> bool:
        """False where this is closed: then it is not called back."""
        with self._changed:
            if self._closed:
                return False
            self._due.append((time.monotonic() + self.seconds, callback))
            if len(self._due) == 1:
                self._changed.notify()
        return True

    def close(self) -> None:
        """What waits is called back at once: an outcome must not get lost."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closed and not self._due:
                    self._changed.wait()
                if not self._due:
                    return
                due, callback = self._due[0]
                left = due - time.monotonic()
                if left > 0 and not self._closed:
                    self._changed.wait(left)
                    continue
                self._due.popleft()
            try:
                callback()
            except Exception:
                _log.exception("a timeout could not be acted on")
