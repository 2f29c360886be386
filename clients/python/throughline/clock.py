"""A shard's clock as this client knows it."""

import time


class ShardClock:
    """What the shard said when a connection was opened, and monotonic time since; until then this machine's own clock.

    Nothing but speed depends on it. Thread-safe.
    """

    def __init__(self) -> None:
        self._origin = time.time() * 1000 - time.monotonic() * 1000

    def set(self, millis: int, asked: float, answered: float) -> None:
        """Takes what the shard said between these two moments for the time in their middle."""
        self._origin = millis - (asked + answered) * 500

    def now(self) -> int:
        """Milliseconds since 1970."""
        return int(self._origin + time.monotonic() * 1000)
