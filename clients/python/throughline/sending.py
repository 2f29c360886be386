"""Whether a direct write has been sent, so that one which the cache has done meanwhile can still be called off."""

import threading


class Sending:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begun = False
        self._called_off = False

    def call_off(self) -> bool:
        """True where nothing of it has been sent; then nothing will be."""
        with self._lock:
            self._called_off = self._called_off or not self._begun
            return self._called_off

    def begin(self) -> bool:
        """Whether it may be sent."""
        with self._lock:
            self._begun = self._begun or not self._called_off
            return not self._called_off
