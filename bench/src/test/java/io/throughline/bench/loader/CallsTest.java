package io.throughline.bench.loader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.Outcome;
import io.throughline.bench.ledger.StampedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CallsTest {

    private static final int KEYS = 500;

    private final KeyNames names = new KeyNames("calls0", KEYS);
    private final StampedValues values = new StampedValues(names, 100);
    private final KeyLedger ledger = new KeyLedger(KEYS);
    private final Keys keys = new Keys(ledger);

    CallsTest() {
        for (int key = 0; key < KEYS; key++) {
            ledger.acknowledge(key, ledger.begin(key));
        }
    }

    private Calls calls(Workload workload) {
        return new Calls(workload, names, values, ledger, keys);
    }

    private static Call next(Calls calls) {
        Call call = calls.next();
        assertThat(call).isNotNull();
        return java.util.Objects.requireNonNull(call);
    }

    @Test
    void a_cold_read_takes_each_key_once_and_then_ends() {
        Calls calls = calls(Workload.GET_ALL);
        Set<Integer> seen = new HashSet<>();

        for (Call call = calls.next(); call != null; call = calls.next()) {
            for (int key : call.keys()) {
                assertThat(seen.add(key)).isTrue();
            }
        }

        assertThat(seen).hasSize(KEYS);
    }

    @Test
    void a_get_that_returns_less_than_was_acknowledged_before_is_a_wrong_read() {
        Calls calls = calls(Workload.READ_COLD);
        Call get = next(calls);
        int key = get.keys()[0];
        ledger.acknowledge(key, ledger.begin(key));

        calls.succeeded(get, values.of(key, 1), System.nanoTime());
        assertThat(calls.report(1, 0).wrongReads()).isZero();

        ledger.acknowledge(key, ledger.begin(key));
        Calls later = calls(Workload.READ_COLD);
        Call stale = next(later);
        later.succeeded(stale, values.of(stale.keys()[0], 1), System.nanoTime());
        assertThat(later.report(1, 0).wrongReads()).isEqualTo(1);
    }

    @Test
    void a_put_that_failed_is_in_doubt_and_one_that_was_never_sent_is_not() {
        Calls calls = calls(Workload.PUT);
        Call failed = next(calls);
        Call unsent = next(calls);

        calls.failed(failed, new IllegalStateException("no answer"));
        calls.withdraw(unsent);

        assertThat(ledger.outcome(failed.keys()[0], failed.versions()[0])).isEqualTo(Outcome.UNKNOWN);
        assertThat(ledger.outcome(unsent.keys()[0], unsent.versions()[0])).isEqualTo(Outcome.REFUSED);
        assertThat(calls.report(1, 0).failed()).isEqualTo(1);
    }

    @Test
    void a_hot_key_gets_the_most_puts_and_takes_one_at_a_time() {
        Calls calls = calls(Workload.PUT_HOT);
        Map<Integer, Integer> puts = new HashMap<>();

        for (int put = 0; put < 1000; put++) {
            Call call = next(calls);
            puts.merge(call.keys()[0], 1, Integer::sum);
            calls.succeeded(call, null, System.nanoTime());
        }
        assertThat(puts.get(0)).isGreaterThan(400);

        Set<Integer> busy = new HashSet<>();
        for (int put = 0; put < 100; put++) {
            assertThat(busy.add(next(calls).keys()[0])).isTrue();
        }
    }

    /** Answers some at once, and the others in threads of its own once every caller waits. */
    private static final class Answering implements AsyncClient {

        private final CountDownLatch allWait = new CountDownLatch(16);
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final Map<String, String> rows = new ConcurrentHashMap<>();

        @Override
        public CompletableFuture<@Nullable Object> begin(Call call) {
            rows.put(call.name(), call.value());
            if (call.versions()[0] % 3 == 0) {
                return CompletableFuture.completedFuture(null);
            }
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            allWait.countDown();
            return CompletableFuture.supplyAsync(this::answer, task -> new Thread(task).start());
        }

        private @Nullable Object answer() {
            try {
                assertThat(allWait.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            underWay.decrementAndGet();
            return null;
        }
    }

    @Test
    void as_many_operations_are_under_way_as_there_are_callers_and_all_are_answered_in_the_end()
            throws InterruptedException {
        Answering client = new Answering();
        Calls calls = calls(Workload.PUT);

        new CallerChains(client, calls, 16, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)).run();

        assertThat(client.most.get()).isEqualTo(16);
        assertThat(client.underWay.get()).isZero();
        assertThat(calls.report(1, 0).operations()).isGreaterThanOrEqualTo(16);
        client.rows.forEach((name, value) -> {
            int key = names.number(name).orElseThrow();
            assertThat(values.version(key, value).orElseThrow()).isEqualTo(ledger.lastAcknowledged(key));
        });
    }

    /** Notes how many it is given at once. */
    private static final class Batching implements BlockingClient {

        private final List<Integer> sizes = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public List<Lane> lanes(int inFlight) {
            return List.of(new Lane(0, 1, 10), new Lane(1, 1, 10));
        }

        @Override
        public int shardOf(String key) {
            return Math.floorMod(key.hashCode(), 2);
        }

        @Override
        public List<? extends @Nullable Object> perform(List<Call> calls) {
            assertThat(calls.stream().map(call -> shardOf(call.name())).distinct())
                    .hasSize(1);
            sizes.add(calls.size());
            return java.util.Collections.nCopies(calls.size(), null);
        }
    }

    @Test
    void what_waits_for_a_shard_is_taken_together_up_to_the_bound() throws InterruptedException {
        Batching client = new Batching();
        Calls calls = calls(Workload.PUT);

        ExecutorService threads = Executors.newCachedThreadPool();
        new CallerQueues(client, calls, 64, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200), threads).run();
        threads.shutdown();

        assertThat(client.sizes).contains(10).allMatch(size -> size <= 10);
        assertThat(calls.report(1, 0).operations())
                .isEqualTo(client.sizes.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void a_rate_is_kept_and_latency_counts_from_when_an_operation_was_due() throws InterruptedException {
        Calls calls = calls(Workload.OPEN);
        // As if each had been due 50 ms before it could be sent.
        Sending slow = (booked, call, due, answered) -> {
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(() -> {
                booked.succeeded(call, call.kind().reads() ? values.of(call.keys()[0], 1) : null, due - 50_000_000L);
                answered.run();
            });
        };

        StepReport report = new OpenCalls(
                        calls, slow, StepOrder.open(Workload.OPEN, 200, 100, 500), ForkJoinPool.commonPool())
                .run();

        assertThat(report.operations()).isEqualTo(150);
        assertThat(report.p50()).isGreaterThan(50);
        assertThat(report.neverStarted()).isZero();
    }

    @Test
    void what_a_load_generator_says_is_read_as_it_was_meant() throws IOException {
        ObjectMapper json = new ObjectMapper();
        StepReport report = new StepReport(1, 2.5, 3, 4, 5, 6, 7, 8, 9, "why", 10, 11, 12);
        StepOrder order = StepOrder.open(Workload.OPEN_80, 1000, 0, 5000);
        ProofReport proof = new ProofReport(1, 2, 3, List.of("lost"), List.of("down"));

        assertThat(json.readValue(json.writeValueAsString(report), StepReport.class))
                .isEqualTo(report);
        assertThat(json.readValue(json.writeValueAsString(order), StepOrder.class))
                .isEqualTo(order);
        assertThat(json.readValue(json.writeValueAsString(proof), ProofReport.class))
                .isEqualTo(proof);
    }
}
