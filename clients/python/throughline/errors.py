"""What an operation ends in when it can't be done: either nothing is stored, or nobody knows."""

from typing import ClassVar


class ThroughlineError(Exception):
    """Of an operation on the grid. Its text says what happened, to which key on which shard, and what to do.

    Attributes:
        code: the stable second word of the text, such as ``VALUE_TOO_LARGE``: codes are added, never renamed.
    """

    outcome: ClassVar[str]

    def __init__(self, code: str, story: str):
        super().__init__(code, story)
        self.code = code
        self.story = story

    def __str__(self) -> str:
        return f"[{self.outcome} {self.code}] {self.story}"


class RefusedError(ThroughlineError):
    """Nothing was stored, and nothing will be."""

    outcome = "REFUSED"


class UnknownOutcomeError(ThroughlineError):
    """It may be stored, now or later."""

    outcome = "UNKNOWN"


class SettingsError(Exception):
    """throughline.yaml can't be used, or is not the one of this grid. Names every fault with its line and key."""
