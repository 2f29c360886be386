"""What a member's error makes a put do."""

import pytest
from hazelcast.errors import HazelcastError, HazelcastSerializationError, TargetDisconnectedError
from throughline.member_answer import Kind, MemberAnswer

ANSWERS = {
    "[REFUSED VALUE_TOO_LARGE] put of key 'a'": Kind.REFUSED,
    "[REFUSED NOT_REPLICATED] put of key 'a'": Kind.REFUSED_BY_THIS_MEMBER,
    "[REFUSED OVERLOADED] put of key 'a'": Kind.REFUSED_BY_THIS_MEMBER,
    "[REFUSED SHARD_UNAVAILABLE] put of key 'a'": Kind.REFUSED_BY_THIS_MEMBER,
    "[REFUSED DATABASE_REFUSED] put of key 'a'": Kind.REFUSED_BY_THIS_MEMBER,
    "[REFUSED CLOCK_SKEW] put of key 'a'": Kind.AHEAD,
    "[UNKNOWN ATTEMPT_REPEATED] put of key 'a'": Kind.WRITTEN,
    "[UNKNOWN WRITE_TIMEOUT] put of key 'a'": Kind.ASK_THE_SHARD,
    "[UNKNOWN NOT_REPLICATED] put of key 'a'": Kind.ASK_THE_SHARD,
    "[REFUSED ATTEMPT_OVERTAKEN] put of key 'a'": Kind.LATE,
    "[REFUSED FENCED] put of key 'a'": Kind.ASK_THE_SHARD,
    "[REFUSED CODE_OF_A_LATER_RELEASE] put of key 'a'": Kind.ASK_THE_SHARD,
    "split brain": Kind.ASK_THE_SHARD,
}


@pytest.mark.parametrize("message, kind", ANSWERS.items(), ids=ANSWERS)
def test_a_code_says_what_to_do(message: str, kind: Kind):
    error = HazelcastError(f"Exception from server: com.hazelcast.core.HazelcastException: {message}\n\tat Some.java")
    assert MemberAnswer.of(error).kind is kind


def test_the_refusal_is_the_members_own_words():
    error = HazelcastError("Exception from server: X: [REFUSED KEY_INVALID] put of key '': no.\n\tat Some.java")
    assert str(MemberAnswer.of(error).refusal()) == "[REFUSED KEY_INVALID] put of key '': no."


def test_a_member_that_is_gone_says_nothing():
    assert MemberAnswer.of(TargetDisconnectedError("gone")).kind is Kind.ASK_THE_SHARD


def test_an_envelope_that_no_member_can_open_is_refused():
    answer = MemberAnswer.of(HazelcastSerializationError("no suitable de-serializer for type 1953000001.\n\tat Some.java"))
    assert (answer.kind, answer.code) == (Kind.REFUSED, "ENVELOPE_INVALID")
    assert "Give every member the mapstore jar" in str(answer.refusal())


def test_another_serialization_error_may_have_come_after_the_store():
    assert MemberAnswer.of(HazelcastSerializationError("of a backup")).kind is Kind.ASK_THE_SHARD
