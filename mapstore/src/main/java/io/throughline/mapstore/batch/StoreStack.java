package io.throughline.mapstore.batch;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores of one batch on one thread, each begun inside the one before, at the place where that would wait. The innermost waits
 * for the commit, and when it returns so do all the others: a batch costs one switch of threads and not one a store.
 *
 * <p>For one thread; {@link #isComplete}, {@link #complete} and the numbers for any.
 */
final class StoreStack implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(StoreStack.class);

    private static final ThreadLocal<@Nullable StoreStack> CURRENT = new ThreadLocal<>();

    private final StackedStores waiting;
    private final int deepest;
    private final Thread lane;
    private volatile int depth;
    private volatile long bytes;
    private volatile boolean complete;

    /**
     * @param waiting where its stores come from
     * @param deepest how many it may hold, as each takes some of the thread's own stack
     * @param lane told when all have been begun
     */
    StoreStack(StackedStores waiting, int deepest, Thread lane) {
        this.waiting = waiting;
        this.deepest = deepest;
        this.lane = lane;
    }

    @Override
    public void run() {
        CURRENT.set(this);
        try {
            beginOthers();
        } finally {
            CURRENT.remove();
            complete();
        }
    }

    /**
     * To be called by a store before it waits: on a thread of this kind, the others that belong to it begin.
     *
     * @param bytes what the store weighs in a batch
     */
    // Only the stack's own thread counts.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    static void beforeWaiting(int bytes) {
        StoreStack stack = CURRENT.get();
        if (stack != null) {
            stack.bytes += bytes;
            stack.beginOthers();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void beginOthers() {
        while (!complete) {
            Runnable store = depth < deepest && bytes < Lane.BATCH_BYTES ? waiting.pollReady() : null;
            if (store == null) {
                complete();
            } else {
                depth++;
                begin(store);
            }
        }
    }

    /** What one store throws, such as a stack overflow, must not end the wait of those around it. */
    private static void begin(Runnable store) {
        try {
            store.run();
        } catch (Throwable e) {
            log.error("a store ended without an answer", e);
        }
    }

    /** Begins no more. */
    void complete() {
        if (!complete) {
            complete = true;
            LockSupport.unpark(lane);
        }
    }

    /** Whether all of its stores are in the lane's queue, or have ended. */
    boolean isComplete() {
        return complete;
    }

    /** How many stores it has begun. */
    int depth() {
        return depth;
    }

    /** What those that wait weigh. */
    long bytes() {
        return bytes;
    }
}
