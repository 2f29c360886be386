package io.throughline.bench.generator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Failed operations by their code, each with the message of the first. Thread-safe. */
public final class Failures {

    /** @param example the first one's message */
    public record Count(long count, String example) {}

    private record Entry(LongAdder count, String example) {}

    private final Map<String, Entry> byCode = new ConcurrentHashMap<>();

    void add(Failure failure) {
        byCode.computeIfAbsent(failure.code(), code -> new Entry(new LongAdder(), failure.message()))
                .count()
                .increment();
    }

    /** In the order of their codes. */
    public Map<String, Count> counts() {
        Map<String, Count> counts = new TreeMap<>();
        byCode.forEach((code, entry) -> counts.put(code, new Count(entry.count().sum(), entry.example())));
        return counts;
    }

    public long total() {
        return byCode.values().stream().mapToLong(entry -> entry.count().sum()).sum();
    }
}
