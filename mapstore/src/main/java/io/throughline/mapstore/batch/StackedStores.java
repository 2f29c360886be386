package io.throughline.mapstore.batch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores that no thread has begun yet. Just before a lane gathers its next batch it begins them, on its own thread
 * ({@link StoreStack}; docs/threads.md).
 *
 * <p><b>Invariants.</b> (1) None stays here for long: a lane that hangs in a socket begins nothing, and a store's timeout runs
 * from its beginning. So what a lane has not begun when it is looked at for the second time gets threads of its own. (2) None is
 * dropped: Hazelcast would keep all that follows in its partition waiting for it.
 *
 * <p>Thread-safe; {@link #turn} is the lane's.
 */
final class StackedStores {

    private static final Logger log = LoggerFactory.getLogger(StackedStores.class);

    /** @param alone whether it had better have a thread of its own by now, as others would wait with it */
    private record Later(Runnable store, BooleanSupplier alone) {}

    private final Queue<Later> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Executor threads;
    private volatile int turns;
    private int turnsSeen;

    /** @param threads on which stores may wait */
    StackedStores(Executor threads) {
        this.threads = threads;
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

    /** The lane is about to begin what is here, or to pause before it does. */
    // Only the lane counts its turns.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void turn() {
        turns++;
    }

    /** To be called now and then, by one thread at a time: gives stores that the lane leaves lying threads of their own. */
    void look() {
        int now = turns;
        if (now == turnsSeen) {
            beginAlone();
        }
        turnsSeen = now;
    }

    /** Gives threads of their own to all. */
    void beginAlone() {
        boolean goOn = true;
        for (Later later = poll(); later != null; later = goOn ? poll() : null) {
            goOn = beginAlone(later);
        }
    }

    /** False where no thread can be had: the pool has ended, or is full, or the system has none. */
    private boolean beginAlone(Later later) {
        try {
            threads.execute(later.store);
            return true;
        } catch (RuntimeException | OutOfMemoryError noThread) {
            log.debug("no thread for a store now", noThread);
            add(later);
            return false;
        }
    }
}
