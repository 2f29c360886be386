"""A shard's clock as this client knows it."""

import time

# What a shard says within this of what is expected changes nothing.
_TOLERANCE_MILLIS = 20


class ShardClock:
    """What the shard said last that was a surprise, and monotonic time since; until it is asked, this machine's own clock.

    A deadline that is off costs time only; when a copy was sent is judged with a margin (copies.py). Thread-safe.
    """

    def __init__(self) -> None:
        self._origin = time.time() * 1000 - time.monotonic() * 1000

    def set(self, millis: int, asked: float, answered: float) -> None:
        """Takes what the shard said between these two moments for the time in their middle."""
        self._origin = millis - (asked + answered) * 500

    def correct(self, millis: int, asked: float, answered: float) -> None:
        """As set, where it is off: after a failover to a machine with another clock, or when the shard's was set."""
        if not self._at(asked) - _TOLERANCE_MILLIS <= millis <= self._at(answered) + _TOLERANCE_MILLIS:
            self.set(millis, asked, answered)

    def now(self) -> int:
        """Milliseconds since 1970."""
        return self._at(time.monotonic())

    def _at(self, moment: float) -> int:
        return int(self._origin + moment * 1000)
