package io.throughline.torture.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChildSeatTest {

    private static final String ENDS_WHEN_ASKED = "echo ready; read line";

    private final AtomicInteger numbers = new AtomicInteger();

    private ChildClient next() {
        return ChildClient.start(
                numbers.incrementAndGet(),
                ClientKind.EMBEDDED,
                RunClock.begin(),
                new ProcessBuilder("/bin/sh", "-c", ENDS_WHEN_ASKED));
    }

    @Test
    void a_client_that_ended_is_followed_by_another_with_another_number() {
        try (ChildSeat seat = new ChildSeat(this::next)) {
            assertThat(seat.awaitReady()).isTrue();
            TortureClient first = seat.holder().orElseThrow();
            assertThat(first.number()).isEqualTo(1);

            assertThat(first.perform("k", new Action.Get(null)).outcome()).isEqualTo(Outcome.UNKNOWN);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> seat.holder().map(TortureClient::number).equals(Optional.of(2)));
        }
    }

    @Test
    void nobody_follows_once_it_is_closed() {
        ChildSeat seat = new ChildSeat(this::next);
        assertThat(seat.awaitReady()).isTrue();
        seat.close();

        assertThat(seat.holder()).isEmpty();
        assertThat(numbers).hasValue(1);
    }
}
