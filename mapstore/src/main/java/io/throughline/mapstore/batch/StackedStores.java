package io.throughline.mapstore.batch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores that came while their lane was at work, and for which no thread waits yet. Just before the lane gathers its next
 * batch it has them begun, on one thread ({@link StoreStack}; docs/threads.md).
 *
 * <p><b>Invariants.</b> (1) None stays here for long: a lane that hangs in a socket begins nothing, and a store's timeout runs
 * from its beginning. So what a lane has not begun when it is looked at for the second time gets threads of its own. (2) None is
 * dropped: Hazelcast would keep all that follows in its partition waiting for it.
 *
 * <p>Thread-safe; {@link #begin} is the lane's.
 */
final class StackedStores {

    /** Each takes some 4 KiB of a thread's stack, which is 1 MiB. */
    private static final int DEEPEST = 64;

    /** Stores that have not come to their wait by then, such as one whose value takes its time to be read, keep no lane waiting. */
    private static final long BEGUN_WITHIN_NANOS = 100_000_000;

    private static final Logger log = LoggerFactory.getLogger(StackedStores.class);

    /** @param alone whether it had better have a thread of its own by now, as others would wait with it */
    private record Later(Runnable store, BooleanSupplier alone) {}

    private final Queue<Later> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Executor threads;
    private final IntConsumer stackHeight;
    private volatile int turns;
    private int turnsSeen;

    /**
     * @param threads on which stores may wait
     * @param stackHeight told how many stores began together
     */
    StackedStores(Executor threads, IntConsumer stackHeight) {
        this.threads = threads;
        this.stackHeight = stackHeight;
    }

    /** @param alone asked before it begins: whether it must not begin together with others */
    void add(Runnable store, BooleanSupplier alone) {
        add(new Later(store, alone));
    }

    private void add(Later later) {
        size.incrementAndGet();
        waiting.add(later);
    }

    private @Nullable Later poll() {
        Later later = waiting.poll();
        if (later != null) {
            size.decrementAndGet();
        }
        return later;
    }

    /** The next one that may begin with others; those before it that may not get threads of their own. */
    @Nullable
    Runnable pollReady() {
        for (Later later = poll(); later != null; later = poll()) {
            if (!later.alone.getAsBoolean()) {
                return later.store;
            }
            if (!beginAlone(later)) {
                return null;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return size.get();
    }

    /**
     * Returns when what waits has been begun, or after a tenth of a second.
     *
     * @param most stores, about
     */
    // Only the lane counts its turns.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void begin(int most) {
        turns++;
        long end = System.nanoTime() + BEGUN_WITHIN_NANOS;
        int begun = 0;
        long bytes = 0;
        boolean goOn = true;
        while (goOn && begun < most && bytes < Lane.BATCH_BYTES && !isEmpty()) {
            StoreStack stack = new StoreStack(this, Math.min(DEEPEST, most - begun), Thread.currentThread());
            goOn = execute(stack) && awaitComplete(stack, end) && stack.depth() > 0;
            stack.complete();
            begun += stack.depth();
            bytes += stack.bytes();
            if (stack.depth() > 0) {
                stackHeight.accept(stack.depth());
            }
        }
    }

    private boolean awaitComplete(StoreStack stack, long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            if (stack.isComplete()) {
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
        return stack.isComplete();
    }

    /** To be called now and then, by one thread at a time: gives stores that the lane leaves lying threads of their own. */
    void look() {
        int now = turns;
        boolean goOn = now == turnsSeen;
        for (Later later = goOn ? poll() : null; later != null; later = goOn ? poll() : null) {
            goOn = beginAlone(later);
        }
        turnsSeen = now;
    }

    private boolean beginAlone(Later later) {
        boolean begun = execute(later.store);
        if (!begun) {
            add(later);
        }
        return begun;
    }

    /** False where no thread can be had: the pool has ended, or is full, or the system has none. */
    private boolean execute(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RuntimeException | OutOfMemoryError noThread) {
            log.debug("no thread for a store now", noThread);
            return false;
        }
    }
}
