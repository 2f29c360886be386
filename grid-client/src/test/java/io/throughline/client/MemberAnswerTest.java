package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import io.throughline.client.MemberAnswer.Kind;
import io.throughline.mapstore.ErrorCode;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberAnswerTest {

    private static MemberAnswer answer(String message) {
        return MemberAnswer.of(new CompletionException(new HazelcastException(message)));
    }

    @ParameterizedTest
    @CsvSource({
        "[REFUSED VALUE_TOO_LARGE] put of key 'k': …, REFUSED",
        "[REFUSED SHARD_UNAVAILABLE] put of key 'k': …, REFUSED_BY_THIS_MEMBER",
        "[REFUSED NOT_REPLICATED] put of key 'k': …, REFUSED_BY_THIS_MEMBER",
        "[REFUSED OVERLOADED] put of key 'k': …, REFUSED_BY_THIS_MEMBER",
        "[UNKNOWN NOT_REPLICATED] put of key 'k': …, ASK_THE_SHARD",
        "[UNKNOWN WRITE_TIMEOUT] put of key 'k': …, ASK_THE_SHARD",
        "[REFUSED CLOCK_SKEW] put of key 'k': …, AHEAD",
        "[REFUSED FENCED] put of key 'k': …, ASK_THE_SHARD",
        "[REFUSED ATTEMPT_OVERTAKEN] put of key 'k': …, LATE",
        "[UNKNOWN ATTEMPT_REPEATED] put of key 'k': …, WRITTEN",
        "[REFUSED A_CODE_OF_A_LATER_RELEASE] put of key 'k': …, ASK_THE_SHARD",
        "something without a code, ASK_THE_SHARD",
    })
    void a_code_says_what_there_is_to_do(String message, Kind kind) {
        assertThat(answer(message).kind()).isEqualTo(kind);
    }

    @Test
    void a_refusal_keeps_its_code_and_its_story() {
        assertThat(answer("com.x.Y: [REFUSED VALUE_TYPE] put of key 'k': wrong\ntype.")
                        .refusal(new Exception()))
                .hasMessage("[REFUSED VALUE_TYPE] put of key 'k': wrong\ntype.");
    }

    @Test
    void a_lost_member_says_nothing_about_the_row() {
        assertThat(MemberAnswer.of(new TargetDisconnectedException("gone")).kind())
                .isEqualTo(Kind.ASK_THE_SHARD);
    }

    @Test
    void a_member_that_lacks_the_serializer_is_named() {
        MemberAnswer answer = MemberAnswer.of(
                new HazelcastSerializationException("There is no suitable de-serializer for type 1953000001"));
        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.refusal(new Exception()).code()).isEqualTo(ErrorCode.ENVELOPE_INVALID);
        assertThat(answer.refusal(new Exception())).hasMessageContaining("Give every member the mapstore jar");
    }

    @Test
    void another_serialization_error_may_have_come_after_the_store() {
        assertThat(MemberAnswer.of(new HazelcastSerializationException("of a backup"))
                        .kind())
                .isEqualTo(Kind.ASK_THE_SHARD);
    }
}
