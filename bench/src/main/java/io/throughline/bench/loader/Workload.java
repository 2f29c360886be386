package io.throughline.bench.loader;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What callers do, one operation after the other. */
public enum Workload {
    PUT("puts of any key"),
    PUT_ZIPF(
            "puts, a key the likelier the lower its number (Zipf, 0.99); one that is being put gives way to any other"),
    PUT_HOT("puts, half of them of one key, which isn't proven"),
    MIXED("as many gets of the keys put last as puts"),
    READ_CACHED("gets of 1,000 keys that are in memory, for four seconds at most"),
    READ_MOSTLY("gets of 1,000 keys, and a put of one of them in twenty operations"),
    READ_COLD("gets of keys that no member holds"),
    PUT_ALL("putAll of 100 keys; entries are counted, a second and in flight"),
    GET_ALL("getAll of 100 keys that no member holds; entries are counted"),
    DELETE("deletes of keys that are there"),
    PUT_SLOW_SHARD("puts while a shard delays each flush of its WAL, which concurrent commits share, by 20 ms"),
    OPEN("2,500 puts and 2,500 gets a second, whatever becomes of them; latency from when they are due"),
    OPEN_80("puts at 80 % of the most that this peer did in this round's puts; latency from when they are due");

    private static final int MANY = 100;

    private final String meaning;

    Workload(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }

    /** As on the command line: {@code read-hot}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Workload> named(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id().equals(id))
                .findFirst();
    }

    /** Whether operations are due at a rate of their own; the others are made by callers that wait for each answer. */
    public boolean open() {
        return this == OPEN || this == OPEN_80;
    }

    /** Entries of one operation. */
    public int entries() {
        return this == PUT_ALL || this == GET_ALL ? MANY : 1;
    }

    /** Whether every key is read once, and none is in memory. */
    public boolean cold() {
        return this == READ_COLD || this == GET_ALL;
    }
}
