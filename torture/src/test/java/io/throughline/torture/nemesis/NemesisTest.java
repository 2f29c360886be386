package io.throughline.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.history.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NemesisTest {

    /** What a fault is without the processes. */
    private static final class Noted implements FaultInjector {

        private final List<String> deeds = new ArrayList<>();
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public synchronized String begin(int target) {
            deeds.add("begin");
            begun.countDown();
            return "victim";
        }

        @Override
        public synchronized void heal() {
            deeds.add("heal");
        }

        synchronized List<String> deeds() {
            return List.copyOf(deeds);
        }
    }

    private final Noted fault = new Noted();
    private final List<String> said = new ArrayList<>();

    private Nemesis nemesis(FaultName name, int rounds, BooleanSupplier well) {
        return new Nemesis(
                new Schedule(1, List.of(name)),
                rounds,
                Map.of(name, fault),
                () -> well.getAsBoolean() ? List.of() : List.of("member-1 is down"),
                Duration.ofSeconds(5),
                System::nanoTime,
                said::add);
    }

    private static Thread started(Nemesis nemesis) {
        Thread thread = new Thread(() -> {
            try {
                nemesis.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void what_was_begun_is_healed_when_the_nemesis_is_stopped() throws InterruptedException {
        Nemesis nemesis = nemesis(FaultName.CLOCK, 1, () -> true);
        Thread running = started(nemesis);
        fault.begun.await();
        nemesis.stop();
        running.join();

        assertThat(fault.deeds()).containsExactly("begin", "heal");
        Fault event = nemesis.events().get(0);
        assertThat(event.name()).isEqualTo("clock");
        assertThat(event.target()).isEqualTo("victim");
        assertThat(nemesis.unrest().get(0).faults()).containsExactly(FaultName.CLOCK);
    }

    @Test
    void it_ends_after_its_rounds() throws InterruptedException {
        Nemesis nemesis = nemesis(FaultName.KILL_MEMBER, 2, () -> true);
        nemesis.run();

        assertThat(fault.deeds()).containsExactly("begin", "heal", "begin", "heal");
    }

    @Test
    void a_round_waits_until_the_grid_is_well_again() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        Nemesis nemesis = nemesis(FaultName.KILL_MEMBER, 1, () -> looks.incrementAndGet() > 5);
        nemesis.run();

        assertThat(looks).hasValue(6);
        Nemesis.Unrest unrest = nemesis.unrest().get(0);
        Fault event = nemesis.events().get(0);
        assertThat(unrest.begun()).isLessThanOrEqualTo(event.begun());
        assertThat(unrest.ended()).isGreaterThan(event.ended());
    }

    @Test
    void a_fault_that_strikes_nobody_ends_no_run() throws InterruptedException {
        Nemesis nemesis = new Nemesis(
                new Schedule(1, List.of(FaultName.KILL_MEMBER)),
                1,
                Map.of(FaultName.KILL_MEMBER, new FaultInjector() {
                    @Override
                    public String begin(int target) {
                        throw new IllegalStateException("there is none");
                    }

                    @Override
                    public void heal() {}
                }),
                List::of,
                Duration.ofSeconds(5),
                System::nanoTime,
                said::add);
        nemesis.run();

        assertThat(nemesis.events().get(0).target()).isEqualTo("nobody (there is none)");
    }
}
