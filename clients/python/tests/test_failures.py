"""What a failure says about the row that was sent."""

import psycopg
import pytest
from psycopg.errors import PipelineAborted
from throughline.connection import SocketTimeout, cause_of
from throughline.failures import FailureKind

KINDS = {
    "23505": FailureKind.ROW,
    "42501": FailureKind.ROW,
    "42P01": FailureKind.ROW,
    "25006": FailureKind.NOT_STORED,
    "40P01": FailureKind.NOT_STORED,
    "53300": FailureKind.NOT_STORED,
    "57014": FailureKind.NOT_STORED,
    "40003": FailureKind.MAYBE_STORED,
    "57P01": FailureKind.MAYBE_STORED,
    "08006": FailureKind.MAYBE_STORED,
    "XX000": FailureKind.MAYBE_STORED,
}


@pytest.mark.parametrize("state, kind", KINDS.items(), ids=KINDS)
def test_a_state_tells_whether_anything_is_stored(state: str, kind: FailureKind):
    failure = psycopg.Error()
    failure.sqlstate = state
    assert FailureKind.of(failure) is kind


def test_without_a_state_the_answer_is_lost():
    assert FailureKind.of(psycopg.OperationalError("server closed the connection")) is FailureKind.MAYBE_STORED
    assert FailureKind.of(SocketTimeout("silent")) is FailureKind.MAYBE_STORED


def test_what_followed_the_query_that_failed_is_told_by_that_one():
    failed = psycopg.errors.CheckViolation("the key is too long")
    with pytest.raises(PipelineAborted) as aborted:
        try:
            raise failed
        finally:
            raise PipelineAborted("pipeline aborted")
    assert cause_of(aborted.value) is failed
    alone = PipelineAborted("pipeline aborted")
    assert cause_of(alone) is alone
