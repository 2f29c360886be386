"""Attempts: tries to write through the cache that may be given up.

A value travels to its member in an envelope, with its attempt. The member's serializer reads not an envelope but the plain
value inside, and notes the attempt for the store. The layout is the same in every language: clients/vectors/envelopes.json.
"""

from dataclasses import dataclass
from typing import Any, NoReturn

from hazelcast.errors import HazelcastSerializationError
from hazelcast.serialization.api import ObjectDataInput, ObjectDataOutput, StreamSerializer

# Of the envelope, on every client and member.
TYPE_ID = 1_953_000_001
_VERSION = 1


@dataclass(frozen=True)
class Attempt:
    """One try to write through the cache.

    Attributes:
        deadline: milliseconds since 1970 on the shard's clock, above 0: a row that has taken a later one refuses this.
        id: of the operation, random, 64 bits with sign, odd where a condition decides: a row takes each operation once,
            however often it is sent.
    """

    deadline: int
    id: int


@dataclass(frozen=True)
class SentAttempt:
    """An attempt that was sent through the cache, and may arrive at its row.

    Attributes:
        sent_at: milliseconds since 1970 on the shard's clock: it was taken no earlier.
    """

    attempt: Attempt
    sent_at: int


@dataclass(frozen=True)
class AttemptEnvelope:
    attempt: Attempt
    value: Any

    def __reduce__(self) -> NoReturn:
        """A client without the serializer would pickle it, and no member can read that."""
        raise HazelcastSerializationError(
            "[REFUSED ENVELOPE_INVALID] this client has no serializer for the envelope of an attempt. Nothing was sent."
            " Make it with custom_serializers=throughline.SERIALIZERS."
        )


class AttemptSerializer(StreamSerializer):
    def write(self, out: ObjectDataOutput, obj: AttemptEnvelope) -> None:
        out.write_byte(_VERSION)
        out.write_long(obj.attempt.deadline)
        out.write_long(obj.attempt.id)
        out.write_object(obj.value)

    def read(self, inp: ObjectDataInput) -> Any:
        """The plain value. No member sends envelopes."""
        inp.read_byte()
        inp.read_long()
        inp.read_long()
        return inp.read_object()

    def get_type_id(self) -> int:
        return TYPE_ID
