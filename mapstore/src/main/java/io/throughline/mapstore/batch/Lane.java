package io.throughline.mapstore.batch;

import io.throughline.mapstore.ThroughlineException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread and the queue before it. While the thread works on one batch, the next one gathers; an idle lane starts at
 * once, so that a lone operation never waits for company.
 *
 * <p><b>Invariant.</b> No operation is left in the queue, or among the stacked, of a lane that has gone to sleep: the
 * sleeper says so first and looks at both once more, the arrival adds first and looks at the sleeper after, and both are
 * volatile.
 *
 * @param <T> {@link PendingWrite} or {@link PendingLoad}
 */
public final class Lane<T extends Pending> implements AutoCloseable {

    /** Before it is looked again at what has to wait, where there is nothing else. */
    private static final long NOTHING_TO_DO_NANOS = 20_000_000;

    private final LaneQueue<T> queue;
    private final LaneLimits limits;
    private final LaneWork<T> work;
    private final StackedStores stacked;
    private final StoreStack stack;
    private final IntConsumer stackHeight;
    private final Pacer pacer;
    private final Thread thread;
    private int batches;
    private volatile boolean asleep;
    private volatile boolean held;
    /** The operation in the stack that gives up first. */
    private volatile @Nullable Pending mostUrgent;

    private volatile boolean closed;

    /**
     * @param threads for stores that had better not begin on the lane's own
     * @param stackHeight told how many stores began together
     */
    Lane(String name, LaneLimits limits, LaneWork<T> work, Executor threads, IntConsumer stackHeight) {
        this.queue = new LaneQueue<>(limits);
        this.limits = limits;
        this.work = work;
        this.stacked = new StackedStores(threads);
        this.stack = new StoreStack(stacked, limits.batchLimit());
        this.stackHeight = stackHeight;
        this.pacer = new Pacer(limits.batchLimit());
        this.thread = new Thread(null, this::run, name, StoreStack.THREAD_STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    /** False, and nothing is queued, if {@code queue-limit} operations wait already. */
    public boolean offer(T operation) {
        boolean queued = queue.offer(operation);
        if (queued) {
            wake();
        }
        return queued;
    }

    /**
     * Has an operation begun by the lane's own thread, together with others, when the next batch gathers. False, and nothing
     * is done, where those that the lane has begun still wait: this one would wait with them.
     *
     * @param operation offers one thing at most, and awaits it
     * @param alone asked then: whether it must begin without others
     */
    boolean begin(Runnable operation, BooleanSupplier alone) {
        if (held) {
            return false;
        }
        stacked.add(operation, alone);
        wake();
        return true;
    }

    /**
     * Waits for what was offered. On the lane's own thread that means: begin others, and work until it is done.
     *
     * @throws ThroughlineException if it did not succeed
     */
    void await(T operation) {
        if (Thread.currentThread() == thread) {
            workUntilDone(operation);
        }
        operation.await();
    }

    private void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Operations that wait for a batch, now. */
    public int waiting() {
        return queue.size() + stacked.size();
    }

    private void run() {
        while (true) {
            int before = batches;
            beginStacked();
            if (batches > before || work()) {
                stacked.turn(); // a long commit and a pause together are no hanging
                pacer.pause(() -> closed);
            } else if (closed) {
                return;
            } else if (!stacked.isEmpty()) {
                LockSupport.parkNanos(this, NOTHING_TO_DO_NANOS);
            } else {
                sleepUntilOffered();
            }
        }
    }

    private void beginStacked() {
        stacked.turn();
        int height = stack.run();
        mostUrgent = null;
        if (height > 0) {
            stackHeight.accept(height);
        }
    }

    private void workUntilDone(T operation) {
        Thread.interrupted(); // nobody interrupts a lane, and its connections would fail
        operation.givesUpOnItsLane();
        Pending urgent = mostUrgent;
        if (urgent == null || operation.isMoreUrgentThan(urgent)) {
            mostUrgent = operation;
        }
        stack.beforeWaiting(operation.bytes());
        while (operation.wanted()) {
            if (!work()) {
                LockSupport.parkNanos(this, NOTHING_TO_DO_NANOS); // what was to be done failed in an unforeseen way
            }
            held = operation.wanted();
            if (held) {
                stacked.beginAlone();
            }
        }
        held = false;
    }

    /** False if there is nothing to do. */
    private boolean work() {
        List<T> batch = queue.gather();
        if (batch.isEmpty()) {
            return false;
        }
        batches++;
        long begin = System.nanoTime();
        List<T> later = work.apply(batch);
        queue.postpone(later);
        boolean allLater = later.size() == batch.size();
        if (limits.paced()) {
            pacer.wrote(allLater ? 0 : batch.size(), System.nanoTime() - begin, waiting());
        }
        if (allLater) {
            LockSupport.parkNanos(this, NOTHING_TO_DO_NANOS);
        }
        return true;
    }

    private void sleepUntilOffered() {
        asleep = true;
        while (queue.isEmpty() && stacked.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    /** To be called some times a second, by one thread at a time: ends what hangs, in as far as others wait with it. */
    void look() {
        stacked.look();
        Pending urgent = mostUrgent;
        if (urgent != null && urgent.isOverdue()) {
            work.cutOff();
        }
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
}
