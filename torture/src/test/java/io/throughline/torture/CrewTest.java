package io.throughline.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.torture.clients.Answer;
import io.throughline.torture.clients.RunClock;
import io.throughline.torture.clients.Seat;
import io.throughline.torture.clients.TortureClient;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Outcome;
import io.throughline.torture.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CrewTest {

    private static final RunClock CLOCK = RunClock.begin();

    private final Recorder recorder = new Recorder();
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Its grid never answers some of what it is asked. */
    private static final class Client implements TortureClient {

        private final int number;
        private final boolean answered;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        Client(int number, boolean answered) {
            this.number = number;
            this.answered = answered;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public ClientKind kind() {
            return ClientKind.PLAIN;
        }

        @Override
        public Answer perform(String key, Action action) {
            long invoked = CLOCK.now();
            asked.countDown();
            return answered
                    ? new Answer(action, invoked, CLOCK.now(), Outcome.OK, false, "")
                    : new Answer(action, invoked, afterClose(), Outcome.UNKNOWN, false, "closed");
        }

        private long afterClose() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CLOCK.now();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private Crew crew(Client... clients) throws InterruptedException {
        Crew crew = new Crew(Duration.ofMillis(300));
        for (Client client : clients) {
            Seat seat = Seat.of(client);
            crew.add("c", seat, List.of(new Worker(seat, List.of(Workload.ONCE), 0, 1, recorder, CLOCK, stop)));
        }
        crew.start();
        for (Client client : clients) {
            client.asked.await();
        }
        return crew;
    }

    @Test
    void what_has_no_answer_is_named_and_unknown() throws InterruptedException {
        Crew crew = crew(new Client(1, true), new Client(7, false));
        stop.countDown();

        assertThat(crew.end()).singleElement().asString().startsWith("Put").endsWith(" by client 7");

        assertThat(recorder.operations())
                .filteredOn(operation -> operation.outcome() == Outcome.UNKNOWN)
                .isNotEmpty()
                .allMatch(operation -> operation.client() == 7);
        assertThat(crew.end()).isEmpty();
    }

    @Test
    void where_everything_is_answered_nothing_is_named() throws InterruptedException {
        Crew crew = crew(new Client(1, true));
        await().until(() -> recorder.count() > 0);
        stop.countDown();

        assertThat(crew.end()).isEmpty();
        assertThat(recorder.operations()).allMatch(operation -> operation.outcome() == Outcome.OK);
    }
}
