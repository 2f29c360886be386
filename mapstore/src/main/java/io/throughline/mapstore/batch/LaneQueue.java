package io.throughline.mapstore.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits before a {@link Lane}, and how it becomes batches.
 *
 * <p><b>Invariants.</b> (1) A batch holds a row at most once: PostgreSQL refuses an upsert that meets a row twice
 * (21000), and the second of two writes of one key must come second. A key that comes again waits for the next batch,
 * before everything that arrived after it. (2) What waits never exceeds its limit by more than the threads that add at one
 * moment.
 *
 * <p>Any thread offers; the lane's alone gathers and postpones.
 */
final class LaneQueue<T extends Pending> {

    /**
     * A batch ends at this weight even when it may hold more rows, so that its memory on both sides stays bounded. Both
     * bounds are for what was offered, and again for what was postponed: many that wait must not fill the batch.
     */
    static final long BATCH_BYTES = 8L << 20;

    private final LaneLimits limits;
    private final Queue<T> offered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<T> postponed = new ArrayList<>();

    LaneQueue(LaneLimits limits) {
        this.limits = limits;
    }

    /** False, and nothing is queued, if {@code queue-limit} operations wait already. */
    boolean offer(T operation) {
        if (waiting.incrementAndGet() > limits.queueLimit()) {
            waiting.decrementAndGet();
            return false;
        }
        offered.add(operation);
        return true;
    }

    /** Has operations of the last batch come first in the next one, before a later write of the same row. */
    void postpone(List<T> operations) {
        postponed.addAll(0, operations);
        waiting.addAndGet(operations.size());
    }

    /** The next batch; empty if nothing waits. */
    List<T> gather() {
        List<T> batch = new ArrayList<>();
        Set<RowIdentity> rows = new HashSet<>();
        List<T> again = new ArrayList<>();
        long bytes = 0;
        List<T> earlier = List.copyOf(postponed);
        postponed.clear();
        for (T operation : earlier) {
            boolean fits = batch.size() < limits.batchLimit() && bytes < BATCH_BYTES;
            bytes += fits ? operation.bytes() : 0;
            (fits && rows.add(RowIdentity.of(operation)) ? batch : again).add(operation);
        }
        again.forEach(operation -> rows.add(RowIdentity.of(operation)));
        int limit = batch.size() + limits.batchLimit();
        long bytesLimit = bytes + BATCH_BYTES;
        while (batch.size() < limit && bytes < bytesLimit) {
            T operation = offered.poll();
            if (operation == null) {
                break;
            }
            bytes += operation.bytes();
            (rows.add(RowIdentity.of(operation)) ? batch : again).add(operation);
        }
        postponed.addAll(again);
        waiting.addAndGet(-batch.size());
        return batch;
    }

    /** Whether nothing was offered since the last batch. */
    boolean isEmpty() {
        return offered.isEmpty();
    }

    /** Operations that wait for a batch, now. */
    int size() {
        return waiting.get();
    }

    /** The row that an operation is about: two operations with equal ones can't share a statement. */
    private record RowIdentity(String map, String key) {

        static RowIdentity of(Pending operation) {
            return new RowIdentity(operation.operation().map(), operation.key());
        }
    }
}
