package io.throughline.bench.loader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.Outcome;
import io.throughline.bench.ledger.StampedValues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    void half_of_the_puts_are_of_one_hot_key_that_waits_for_no_other_and_is_not_in_the_ledger() {
        Calls calls = calls(Workload.PUT_HOT);
        String hot = "load-hot-00000000";
        List<Call> underWay = Stream.generate(() -> next(calls)).limit(600).toList();

        List<Call> hotPuts =
                underWay.stream().filter(call -> call.name().equals(hot)).toList();
        assertThat(hotPuts).hasSizeBetween(200, 400);
        assertThat(hotPuts.stream().map(Call::value).distinct()).hasSameSizeAs(hotPuts);
        assertThat(underWay.stream().map(Call::name).distinct()).hasSize(600 - hotPuts.size() + 1);

        calls.succeeded(hotPuts.get(0), null, System.nanoTime());
        calls.failed(hotPuts.get(1), new IllegalStateException("no answer"));
        calls.withdraw(hotPuts.get(2));

        assertThat(calls.report(1, 0).operations()).isEqualTo(1);
        assertThat(calls.report(1, 0).failed()).isEqualTo(1);
        assertThat(IntStream.range(0, KEYS).filter(ledger::busy)).hasSize(600 - hotPuts.size());
        assertThat(IntStream.range(0, KEYS).map(ledger::lastAcknowledged)).containsOnly(1);
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

    @Test
    void one_answer_that_is_waited_for_hardly_lowers_what_is_done_per_second() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        AsyncClient client = call -> CompletableFuture.supplyAsync(
                () -> "done",
                CompletableFuture.delayedExecutor(begun.incrementAndGet() == 1 ? 1_600 : 1, TimeUnit.MILLISECONDS));

        double seconds = new CallerChains(
                        client, calls(Workload.PUT), 16, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400))
                .run();

        assertThat(seconds).isBetween(0.4, 0.8);
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

        StepReport report = open(calls, slow, 200, 100);

        assertThat(report.operations()).isEqualTo(150);
        assertThat(report.p50()).isGreaterThan(50);
        assertThat(report.neverStarted()).isZero();
    }

    private static StepReport open(Calls calls, Sending sending, double puts, double gets) throws InterruptedException {
        StepOrder order = StepOrder.open(Workload.OPEN, puts, gets, 500);
        return new OpenCalls(calls, sending, order, Duration.ofMillis(500), ForkJoinPool.commonPool()).run();
    }

    @Test
    void what_is_never_answered_has_failed_and_the_wait_for_it_is_not_the_operations_time()
            throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        Sending deaf = (booked, call, due, answered) -> {
            if (sent.incrementAndGet() > 10) {
                booked.succeeded(call, null, due);
                answered.run();
            }
        };

        StepReport report = open(calls(Workload.OPEN), deaf, 200, 0);

        assertThat(report.failed()).isEqualTo(10);
        assertThat(report.firstFailure()).startsWith("no answer in ");
        assertThat(report.operations()).isEqualTo(90);
        assertThat(report.seconds()).isEqualTo(0.5);
    }

    @Test
    void puts_and_gets_at_one_rate_are_due_at_times_of_their_own_and_so_are_those_of_the_next_step()
            throws InterruptedException {
        Set<Long> sinceTheFirst = ConcurrentHashMap.newKeySet();
        for (int step = 0; step < 2; step++) {
            Map<Long, Call.Kind> due = new ConcurrentHashMap<>();
            Sending noting = (booked, call, dueNanos, answered) -> {
                due.put(dueNanos, call.kind());
                booked.succeeded(call, call.kind().reads() ? values.of(call.keys()[0], 1) : null, dueNanos);
                answered.run();
            };

            open(calls(Workload.OPEN), noting, 50, 50);

            // Two at the same nanosecond would be twins.
            assertThat(due).hasSize(50);
            long first = due.keySet().stream().min(Long::compare).orElseThrow();
            due.keySet().stream().filter(each -> each != first).forEach(each -> sinceTheFirst.add(each - first));
        }
        assertThat(sinceTheFirst).hasSize(98);
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
