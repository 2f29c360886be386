package io.throughline.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import io.throughline.cli.ExitCode;
import io.throughline.cli.client.Failure.Outcome;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void the_code_in_the_message_tells_what_became_of_a_write() {
        Failure refused = Failure.of(new HazelcastException("[REFUSED VALUE_TOO_LARGE] put of key 'a' …\nmore"));
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.code()).isEqualTo("VALUE_TOO_LARGE");
        assertThat(refused.message()).isEqualTo("[REFUSED VALUE_TOO_LARGE] put of key 'a' …");

        Failure unknown = Failure.of(new CompletionException(new HazelcastException("[UNKNOWN WRITE_TIMEOUT] put …")));
        assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(unknown.toCommandFailed(new HazelcastException("")).exitCode())
                .isEqualTo(ExitCode.UNKNOWN);
    }

    @Test
    void whatever_hazelcast_throws_by_itself_may_have_come_after_the_store() {
        assertThat(Failure.of(new TargetDisconnectedException("gone")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(Failure.of(new HazelcastClientOfflineException()).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void only_a_bad_key_or_value_is_the_entrys_own_fault() {
        assertThat(Failure.of(new HazelcastException("[REFUSED KEY_INVALID] x")).entryIsAtFault())
                .isTrue();
        assertThat(Failure.of(new HazelcastException("[REFUSED OVERLOADED] x")).entryIsAtFault())
                .isFalse();
        assertThat(Failure.of(new HazelcastException("[REFUSED SHARD_UNAVAILABLE] x"))
                        .entryIsAtFault())
                .isFalse();
    }
}
