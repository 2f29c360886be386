package io.throughline.mapstore.writer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * With {@code strict-lease}: partitions that were inherited from a member which did not leave in order are not written
 * for one TTL, as that member may still serve what it holds to clients that only it is cut off with. Thread-safe.
 */
final class Leases {

    private final long nanos;
    private final Map<Integer, Long> endNanos = new ConcurrentHashMap<>();

    /** @param lease zero where {@code strict-lease} is off */
    Leases(Duration lease) {
        this.nanos = lease.toNanos();
    }

    void begin(int partition, long nowNanos) {
        if (nanos > 0) {
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
