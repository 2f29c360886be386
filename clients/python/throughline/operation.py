"""What is done to which row, as every error about it says."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from throughline.errors import RefusedError, UnknownOutcomeError

_SHOWN_CHARACTERS = 80


class Verb(Enum):
    PUT = "put"
    REMOVE = "remove"
    LOAD = "load"


@dataclass(frozen=True)
class Operation:
    verb: Verb
    map: str
    key: str
    partition: int
    shard: str

    def refused(self, code: str, what: str, way_out: str) -> RefusedError:
        """Takes what happened, a clause, and what to do, a sentence."""
        past = "read" if self.verb is Verb.LOAD else "stored"
        return RefusedError(code, f"{self}: {what}. Nothing was {past}. {way_out}")

    def unknown(self, code: str, what: str, way_out: str) -> UnknownOutcomeError:
        return UnknownOutcomeError(code, f"{self}: {what}. It may be stored, now or later. {way_out}")

    def __str__(self) -> str:
        return f"{named(self.verb, self.map, self.key)} (partition {self.partition}, {self.shard})"


def named(verb: Verb, map: str, key: Any) -> str:
    return f"{verb.value} of key {_shown(key)} in map '{map}'"


def _shown(key: Any) -> str:
    """The key as an error shows it: on one line, cut when long."""
    text = str(key)
    cut = "".join(c if c.isprintable() else _escaped(c) for c in text[:_SHOWN_CHARACTERS])
    return f"'{cut}…'" if len(text) > _SHOWN_CHARACTERS else f"'{cut}'"


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"
