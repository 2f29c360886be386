"""What a member's error says about an operation. Members put their code into the message, in any language."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from hazelcast.errors import HazelcastSerializationError

from throughline.attempt import TYPE_ID
from throughline.errors import RefusedError

_CODED = re.compile(r"\[(REFUSED|UNKNOWN) ([A-Z_]+)\] ([^\n]*)")

_REFUSALS = frozenset(
    {
        "KEY_TYPE",
        "KEY_INVALID",
        "VALUE_TYPE",
        "VALUE_TOO_LARGE",
        "VALUE_TEXT_INVALID",
        "VALUE_JSON_INVALID",
        "ENVELOPE_INVALID",
    }
)
_REFUSALS_BY_ONE_MEMBER = frozenset({"DATABASE_REFUSED", "OVERLOADED", "SHARD_UNAVAILABLE", "NOT_REPLICATED"})


class Kind(Enum):
    REFUSED = auto()
    """Nothing was stored, and the shard would say the same."""
    REFUSED_BY_THIS_MEMBER = auto()
    """This member has stored nothing; one that was asked before it, and moved the partition to it, may have."""
    WRITTEN = auto()
    """It has been written before."""
    LATE = auto()
    """Its deadline was no good; the member is well."""
    AHEAD = auto()
    """This client's clock was ahead, so nothing was stored, and no copy could be sealed out with such a deadline."""
    ASK_THE_SHARD = auto()
    """The shard itself has to say."""


# Whatever the outcome before it says.
_OF_CODES = {
    "ATTEMPT_REPEATED": Kind.WRITTEN,
    "ATTEMPT_OVERTAKEN": Kind.LATE,
    "CLOCK_SKEW": Kind.AHEAD,
}


@dataclass(frozen=True)
class MemberAnswer:
    kind: Kind
    code: str
    story: str

    @staticmethod
    def of(error: Exception) -> "MemberAnswer":
        found = _CODED.search(str(error))
        if found:
            outcome, code, story = found.groups()
            return MemberAnswer(_kind(outcome, code), code, story)
        # Another serialization error may have come after the store, from a backup say.
        if isinstance(error, HazelcastSerializationError) and str(TYPE_ID) in str(error):
            story = (
                f"a member can't open the envelope of an attempt ({str(error).splitlines()[0]}). Nothing was stored."
                " Give every member the mapstore jar of this release."
            )
            return MemberAnswer(Kind.REFUSED, "ENVELOPE_INVALID", story)
        return MemberAnswer(Kind.ASK_THE_SHARD, "", str(error))

    def refusal(self) -> RefusedError:
        return RefusedError(self.code, self.story)


def _kind(outcome: str, code: str) -> Kind:
    """Later releases may have codes that this one doesn't know: the shard knows best."""
    if code in _OF_CODES:
        return _OF_CODES[code]
    if outcome == "REFUSED" and code in _REFUSALS:
        return Kind.REFUSED
    if outcome == "REFUSED" and code in _REFUSALS_BY_ONE_MEMBER:
        return Kind.REFUSED_BY_THIS_MEMBER
    return Kind.ASK_THE_SHARD
