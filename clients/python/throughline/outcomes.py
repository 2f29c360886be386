"""What an operation ends in when it was done."""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, Optional, TypeVar

V = TypeVar("V")


class ServedBy(Enum):
    """Which of the two ways an operation went."""

    CACHE = "cache"
    SHARD = "shard"


@dataclass(frozen=True)
class Reading(Generic[V]):
    """What a key has.

    Attributes:
        value: None where the key is absent.
    """

    value: Optional[V]
    served_by: ServedBy


@dataclass(frozen=True)
class Decision(Generic[V]):
    """What the shard made of a conditional write.

    Attributes:
        applied: whether it was written.
        current: the value that stood in its way; None where it was written, or where there was none.
    """

    applied: bool
    current: Optional[V]

    @property
    def served_by(self) -> ServedBy:
        return ServedBy.SHARD
