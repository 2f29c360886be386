package io.throughline.mapstore.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A thread and the queue before it. While the thread works on one batch, the next one gathers; an idle lane starts at
 * once, so that a lone operation never waits for company.
 *
 * <p><b>Invariants.</b> (1) A batch holds a row at most once: PostgreSQL refuses an upsert that meets a row twice
 * (21000), and the second of two writes of one key must come second. A key that comes again waits for the next batch,
 * before everything that arrived after it. (2) No operation is left in the queue, or among the stacked, of a lane that
 * has gone to sleep: the sleeper says so first and looks at both once more, the arrival adds first and looks at the
 * sleeper after, and both are volatile. (3) What is in the queue never exceeds its limit by more than the threads that add at one moment.
 *
 * @param <T> {@link PendingWrite} or {@link PendingLoad}
 */
public final class Lane<T extends Pending> implements AutoCloseable {

    /**
     * A batch ends at this weight even when it may hold more rows, so that its memory on both sides stays bounded. Both
     * bounds are for what comes from the queue, and again for what was postponed: many that wait must not fill the batch.
     */
    static final long BATCH_BYTES = 8L << 20;

    /** Before it is looked again at what has to wait, where there is nothing else. */
    private static final long NOTHING_TO_DO_NANOS = 20_000_000;

    private final Queue<T> queue;
    private final AtomicInteger waiting;
    private final LaneLimits limits;
    private final UnaryOperator<List<T>> work;
    private final StackedStores stacked;
    private final List<T> postponed = new ArrayList<>();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    /**
     * @param work completes the operations that it is given, and gives back those that have to wait; must not throw
     * @param stacked of these operations, what has not begun
     */
    Lane(String name, LaneLimits limits, UnaryOperator<List<T>> work, StackedStores stacked) {
        this.queue = new ConcurrentLinkedQueue<>();
        this.waiting = new AtomicInteger();
        this.limits = limits;
        this.work = work;
        this.stacked = stacked;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** False, and nothing is queued, if {@code queue-limit} operations wait already. */
    public boolean offer(T operation) {
        if (waiting.incrementAndGet() > limits.queueLimit()) {
            waiting.decrementAndGet();
            return false;
        }
        queue.add(operation);
        wake();
        return true;
    }

    /**
     * Has an operation begun with others when the next batch gathers. False, and nothing is done, if the lane sleeps: it
     * would then have to be woken only to have it begun.
     *
     * @param alone asked then: whether it must begin without others
     */
    boolean beginLater(Runnable operation, BooleanSupplier alone) {
        if (asleep) {
            return false;
        }
        stacked.add(operation, alone);
        wake();
        return true;
    }

    private void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Operations that wait for a batch, now. */
    public int waiting() {
        return waiting.get() + stacked.size();
    }

    private void run() {
        while (true) {
            stacked.begin(limits.batchLimit());
            List<T> batch = gather();
            if (!batch.isEmpty()) {
                long begin = System.nanoTime();
                List<T> later = work.apply(batch);
                postpone(later);
                if (later.size() < batch.size()) {
                    pause(batch.size(), System.nanoTime() - begin);
                } else {
                    LockSupport.parkNanos(this, NOTHING_TO_DO_NANOS);
                }
            } else if (closed) {
                return;
            } else if (!stacked.isEmpty()) {
                LockSupport.parkNanos(this, NOTHING_TO_DO_NANOS);
            } else {
                sleepUntilOffered();
            }
        }
    }

    private void postpone(List<T> operations) {
        postponed.addAll(0, operations); // before a later write of the same row
        waiting.addAndGet(operations.size());
    }

    private void sleepUntilOffered() {
        asleep = true;
        while (queue.isEmpty() && stacked.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void pause(int rows, long nanos) {
        long pause = limits.paced() ? Pacer.pauseNanos(rows, nanos, waiting(), limits.batchLimit()) : 0;
        long end = System.nanoTime() + pause;
        for (long left = pause; left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left); // an earlier unpark ends the first of these at once
        }
    }

    private List<T> gather() {
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
            T operation = queue.poll();
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

    /** Ends the lane when its queue is empty. What is offered from now on may be left undone: stop offering first. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(limits.closeTimeout().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The row that an operation is about: two operations with equal ones can't share a statement. */
    private record RowIdentity(String map, String key) {

        static RowIdentity of(Pending operation) {
            return new RowIdentity(operation.operation().map(), operation.key());
        }
    }
}
