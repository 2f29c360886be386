"""What a member's error says about an operation. Members put their code into the message, in any language."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from hazelcast.errors import HazelcastSerializationError

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
        "CLOCK_SKEW",
        "DATABASE_REFUSED",
        "OVERLOADED",
        "SHARD_UNAVAILABLE",
        "NOT_REPLICATED",
    }
)
_REPEATED = "ATTEMPT_REPEATED"
_OVERTAKEN = "ATTEMPT_OVERTAKEN"


class Kind(Enum):
    REFUSED = auto()
    """Nothing was stored, and the shard would say the same."""
    WRITTEN = auto()
    """It has been written before."""
    ASK_THE_SHARD = auto()


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
        if isinstance(error, HazelcastSerializationError):
            story = (
                f"a member can't open the envelope of an attempt ({str(error).splitlines()[0]}). Nothing was stored."
                " Give every member the mapstore jar of this release, and this client throughline.SERIALIZERS."
            )
            return MemberAnswer(Kind.REFUSED, "ENVELOPE_INVALID", story)
        return MemberAnswer(Kind.ASK_THE_SHARD, "", str(error))

    @property
    def member_is_well(self) -> bool:
        """It answered as it should."""
        return self.kind is not Kind.ASK_THE_SHARD or self.code == _OVERTAKEN

    def refusal(self) -> RefusedError:
        return RefusedError(self.code, self.story)


def _kind(outcome: str, code: str) -> Kind:
    """Later releases may have codes that this one doesn't know: the shard knows best."""
    if code == _REPEATED:
        return Kind.WRITTEN
    return Kind.REFUSED if outcome == "REFUSED" and code in _REFUSALS else Kind.ASK_THE_SHARD
