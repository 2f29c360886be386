package io.throughline.mapstore.writer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A time of one length for each partition, which runs from when it was begun last. Thread-safe. */
final class PartitionTimes {

    private final long nanos;
    private final Map<Integer, Long> endNanos = new ConcurrentHashMap<>();

    /** @param length of each; with zero none ever runs */
    PartitionTimes(Duration length) {
        this.nanos = length.toNanos();
    }

    boolean everRun() {
        return nanos > 0;
    }

    void begin(int partition, long nowNanos) {
        if (everRun()) {
            endNanos.put(partition, nowNanos + nanos);
        }
    }

    boolean runs(int partition, long nowNanos) {
        if (endNanos.isEmpty()) {
            return false;
        }
        Long end = endNanos.get(partition);
        if (end == null) {
            return false;
        }
        if (nowNanos - end < 0) {
            return true;
        }
        endNanos.remove(partition, end);
        return false;
    }
}
