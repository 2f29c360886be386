package io.throughline.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.Outcome;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.ledger.Verdict;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoadTest {

    private static final KeyNames NAMES = new KeyNames("test01", 1_000);

    private final SimulatedMap map = new SimulatedMap(Duration.ofMillis(1));

    @AfterEach
    void end() {
        map.close();
    }

    private Load load(HotKeys hot) {
        return new Load(map, NAMES, new StampedValues(NAMES, 100), dataset(1_000, hot));
    }

    private static Dataset dataset(int keys, HotKeys hot) {
        return new Dataset(keys, 100, hot, 0.9, 1);
    }

    private static LoadShape shape(double rate, Duration duration, int inFlight) {
        return new LoadShape(rate, 0.5, duration, inFlight);
    }

    private static LoadStep run(Load load, LoadShape shape) throws InterruptedException {
        LoadStep step = load.step(shape);
        step.begin();
        step.await();
        return step;
    }

    @Test
    void puts_and_gets_come_at_the_rate_that_was_asked_for_and_every_read_is_right() throws InterruptedException {
        Load load = load(HotKeys.NONE);
        LoadStep step = run(load, shape(2_000, Duration.ofSeconds(2), 500));
        assertThat(step.puts().tally().succeeded()).isEqualTo(4_000);
        assertThat(step.gets().tally().succeeded()).isEqualTo(4_000);
        assertThat(step.seconds()).isCloseTo(2, Percentage.withPercentage(10));
        assertThat(load.checks().wrong()).isZero();
        assertThat(load.checks().checked()).isGreaterThan(3_500);
    }

    @Test
    void a_grid_that_stands_still_delays_what_falls_due_meanwhile_and_the_delay_is_counted()
            throws InterruptedException {
        Load load = load(HotKeys.NONE);
        LoadStep step = load.step(shape(1_000, Duration.ofSeconds(2), 20));
        map.standStill(Duration.ofSeconds(1));
        step.begin();
        step.await();
        LatencySummary latency = step.puts().tally().latencies().all();
        assertThat(latency.count()).isEqualTo(2_000);
        // Half of all fell due in that second and waited half of it on average: one that waits for its answer before it
        // sends the next would have 20 slow puts, of two thousand.
        assertThat(latency.p99()).isGreaterThan(900);
        assertThat(latency.max()).isLessThan(1_500);
        assertThat(step.puts().neverStarted()).isZero();
    }

    @Test
    void what_finds_no_place_in_flight_is_the_backlog_and_in_the_end_was_never_started() throws InterruptedException {
        Load load = load(HotKeys.NONE);
        LoadStep step = load.step(shape(1_000, Duration.ofSeconds(1), 10));
        map.standStill(Duration.ofSeconds(2));
        step.begin();
        await().until(() -> step.puts().backlog() >= 300);
        assertThat(step.puts().inFlight()).isEqualTo(10);
        step.await();
        assertThat(step.puts().started() + step.puts().neverStarted()).isEqualTo(1_000);
        assertThat(step.puts().started()).isEqualTo(10);
    }

    @Test
    void a_read_that_lost_an_acknowledged_write_is_found() throws InterruptedException {
        map.losesPutsOf = key -> key.endsWith("7");
        Load load = load(HotKeys.NONE);
        run(load, shape(1_000, Duration.ofSeconds(1), 100));
        assertThat(load.checks().wrong()).isGreaterThan(10);
        assertThat(load.checks().first()).isNotEmpty().allSatisfy(read -> {
            assertThat(read.verdict()).isEqualTo(Verdict.MISSING);
            assertThat(read.key()).endsWith("7");
        });
    }

    @Test
    void a_refused_put_is_known_not_to_be_stored_and_any_other_error_leaves_it_open() throws InterruptedException {
        Load load = load(HotKeys.NONE);
        map.failure = new IllegalStateException("[REFUSED OVERLOADED] the queue is full");
        LoadStep refused = run(load, shape(100, Duration.ofMillis(300), 10));
        assertThat(refused.puts().tally().failures().counts()).containsOnlyKeys("REFUSED OVERLOADED");
        map.failure = new IllegalStateException("no such member");
        LoadStep unknown = run(load, shape(100, Duration.ofMillis(300), 10));
        assertThat(unknown.puts().tally().failures().counts()).containsOnlyKeys("UNKNOWN IllegalStateException");
        assertThat(outcomes(load, Outcome.REFUSED)).isEqualTo(30);
        assertThat(outcomes(load, Outcome.UNKNOWN)).isEqualTo(30);
        assertThat(load.ledger().keysAcknowledged()).isZero();
    }

    private static long outcomes(Load load, Outcome outcome) {
        long count = 0;
        for (int key = 0; key < NAMES.count(); key++) {
            for (int version = 1; version <= load.ledger().lastSent(key); version++) {
                count += load.ledger().outcome(key, version) == outcome ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void hot_keys_get_their_share_of_the_puts() throws InterruptedException {
        Load load = load(new HotKeys(100, 0.8));
        run(load, shape(1_000, Duration.ofSeconds(1), 50));
        int hot = 0;
        for (int key = 0; key < 100; key++) {
            hot += load.ledger().lastSent(key);
        }
        assertThat(hot).isBetween(740, 860);
        assertThat(load.displaced()).isZero();
    }

    @Test
    void a_put_that_finds_all_hot_keys_busy_goes_to_another_and_is_counted() throws InterruptedException {
        Load load = load(new HotKeys(1, 1));
        map.standStill(Duration.ofMillis(200));
        LoadStep step = run(load, shape(1_000, Duration.ofMillis(200), 50));
        assertThat(load.displaced())
                .isEqualTo(step.puts().started() - load.ledger().lastSent(0));
        assertThat(load.displaced()).isPositive();
    }

    @Test
    void a_load_that_is_stopped_ends_at_once() throws InterruptedException {
        LoadStep step = load(HotKeys.NONE).step(shape(10, Duration.ofHours(1), 10));
        step.begin();
        assertThat(step.ended()).isFalse();
        step.stop();
        step.await();
        assertThat(step.seconds()).isLessThan(1);
    }

    @Test
    void a_load_on_one_key_puts_one_version_after_the_other() throws InterruptedException {
        KeyNames one = new KeyNames("test02", 1);
        Load load = new Load(map, one, new StampedValues(one, 100), dataset(1, HotKeys.NONE));
        run(load, shape(200, Duration.ofSeconds(1), 50));
        assertThat(load.ledger().lastAcknowledged(0)).isEqualTo(200);
        assertThat(load.checks().wrong()).isZero();
    }
}
