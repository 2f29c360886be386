package io.throughline.bench.loader;

import io.throughline.bench.generator.Latencies;
import io.throughline.bench.generator.LatencySummary;
import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.ledger.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes one step's operations and books what becomes of them. Thread-safe. */
final class Calls {

    private static final int PUT_AMONG = 20;

    /** Keys that are not in the proof, which knows of no deletes. */
    private static final KeyNames DELETABLE = new KeyNames("delete", KeyNames.MAX_KEYS);

    /** Nor is this one, which any number of puts may be for at a time. */
    private static final String HOT = new KeyNames("hot", 1).name(0);

    private final Workload workload;
    private final KeyNames names;
    private final StampedValues values;
    private final KeyLedger ledger;
    private final Keys keys;
    private final Latencies writes = new Latencies();
    private final Latencies reads = new Latencies();
    private final AtomicInteger walk = new AtomicInteger();
    private final AtomicInteger hotVersions = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder wrongReads = new LongAdder();
    private final LongAdder emptyReads = new LongAdder();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    Calls(Workload workload, KeyNames names, StampedValues values, KeyLedger ledger, Keys keys) {
        this.workload = workload;
        this.names = names;
        this.values = values;
        this.ledger = ledger;
        this.keys = keys;
    }

    /** Null where each key was to be taken once, and was. */
    @Nullable
    Call next() {
        return switch (workload) {
            case PUT, PUT_ZIPF, PUT_SLOW_SHARD, OPEN, OPEN_80 -> put();
            case PUT_HOT -> ThreadLocalRandom.current().nextBoolean() ? putHot() : put();
            case MIXED -> ThreadLocalRandom.current().nextBoolean() ? put() : getRecent();
            case READ_CACHED -> get(keys.hot());
            case READ_MOSTLY -> ThreadLocalRandom.current().nextInt(PUT_AMONG) == 0 ? put() : get(keys.hot());
            case READ_COLD -> walked(1, Call.Kind.GET);
            case PUT_ALL -> write(Call.Kind.PUT_ALL, workload.entries());
            case GET_ALL -> walked(workload.entries(), Call.Kind.GET_ALL);
            case DELETE -> walked(1, Call.Kind.DELETE);
        };
    }

    Call put() {
        return write(Call.Kind.PUT, 1);
    }

    /** Of this key, which nobody else puts meanwhile. */
    Call put(int key) {
        ledger.begin(key);
        return written(Call.Kind.PUT, new int[] {key});
    }

    private Call putHot() {
        int[] number = {0};
        int[] version = {hotVersions.incrementAndGet()};
        String[] name = {HOT};
        String[] value = {values.of(number[0], version[0])};
        return new Call(Call.Kind.PUT, false, number, version, name, value);
    }

    Call getRecent() {
        return get(keys.recent());
    }

    private Call write(Call.Kind kind, int count) {
        int[] numbers = new int[count];
        for (int each = 0; each < count; each++) {
            numbers[each] = keys.begin(workload);
        }
        return written(kind, numbers);
    }

    private Call written(Call.Kind kind, int[] numbers) {
        int count = numbers.length;
        int[] versions = new int[count];
        String[] keyNames = new String[count];
        @Nullable String[] stamped = new String[count];
        for (int each = 0; each < count; each++) {
            versions[each] = ledger.lastSent(numbers[each]);
            keyNames[each] = names.name(numbers[each]);
            stamped[each] = values.of(numbers[each], versions[each]);
        }
        return new Call(kind, true, numbers, versions, keyNames, stamped);
    }

    Call get(int key) {
        return read(Call.Kind.GET, new int[] {key});
    }

    private @Nullable Call walked(int count, Call.Kind kind) {
        int first = walk.getAndAdd(count);
        return first > keys.count() - count || first < 0 ? null : read(kind, range(first, count));
    }

    private static int[] range(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    private Call read(Call.Kind kind, int[] numbers) {
        int[] floors = new int[numbers.length];
        String[] keyNames = new String[numbers.length];
        for (int each = 0; each < numbers.length; each++) {
            floors[each] = ledger.lastAcknowledged(numbers[each]);
            keyNames[each] = kind == Call.Kind.DELETE ? DELETABLE.name(numbers[each]) : names.name(numbers[each]);
        }
        return new Call(kind, false, numbers, floors, keyNames, new String[0]);
    }

    /** @param answer what a get found: a text or null; of a getAll, a map */
    void succeeded(Call call, @Nullable Object answer, long sinceNanos) {
        (call.kind().reads() ? reads : writes).record(System.nanoTime() - sinceNanos);
        done.add(call.size());
        if (call.proven()) {
            for (int each = 0; each < call.size(); each++) {
                ledger.acknowledge(call.keys()[each], call.versions()[each]);
                keys.written(call.keys()[each]);
            }
        }
        switch (call.kind()) {
            case GET -> check(call, 0, (String) answer);
            case GET_ALL -> {
                Map<?, ?> found = (Map<?, ?>) java.util.Objects.requireNonNull(answer);
                for (int each = 0; each < call.size(); each++) {
                    check(call, each, (String) found.get(call.names()[each]));
                }
            }
            case PUT, PUT_ALL, DELETE -> {}
        }
    }

    private void check(Call call, int each, @Nullable String value) {
        int key = call.keys()[each];
        if (value == null) {
            emptyReads.increment();
            return;
        }
        OptionalInt version = values.version(key, value);
        if (version.isEmpty() || ledger.ofGet(key, call.versions()[each], version.getAsInt()) != Verdict.GOOD) {
            wrongReads.increment();
        }
    }

    void answered(Call call, @Nullable Object answer, @Nullable Throwable failure, long sinceNanos) {
        if (failure == null) {
            succeeded(call, answer, sinceNanos);
        } else {
            failed(call, failure);
        }
    }

    /** Whether it was done is not known. */
    void failed(Call call, Throwable failure) {
        failed.add(call.size());
        firstFailure.compareAndSet(null, failure.toString());
        if (call.proven()) {
            for (int each = 0; each < call.size(); each++) {
                ledger.doubt(call.keys()[each], call.versions()[each]);
            }
        }
    }

    /**
     * So many have no answer yet, and none is waited for any more. The ledger isn't told: it may still hear of their
     * outcome.
     */
    void unanswered(int count, Duration waited) {
        if (count > 0) {
            failed.add(count);
            firstFailure.compareAndSet(null, "no answer in " + waited.toSeconds() + " s");
        }
    }

    /** It was never sent. */
    void withdraw(Call call) {
        if (call.proven()) {
            for (int each = 0; each < call.size(); each++) {
                ledger.refuse(call.keys()[each], call.versions()[each]);
            }
        }
    }

    StepReport report(double seconds, long neverStarted) {
        String failure = firstFailure.get();
        LatencySummary written = writes.all();
        LatencySummary read = reads.all();
        LatencySummary latency = written.count() == 0 ? read : written;
        return new StepReport(
                done.sum(),
                seconds,
                latency.p50(),
                latency.p99(),
                latency.p999(),
                latency.max(),
                read.p50(),
                read.p99(),
                failed.sum(),
                failure == null ? "" : failure,
                wrongReads.sum(),
                emptyReads.sum(),
                neverStarted);
    }
}
