package io.throughline.mapstore.batch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores of one batch on their lane's own thread, each begun inside the one before, at the place where that would wait. The
 * innermost has the lane write the batch, and when it returns so do all the others: nobody has to be woken.
 *
 * <p>For the lane's thread alone.
 */
final class StoreStack {

    /** Each takes some 4 KiB of the thread's stack. */
    private static final int DEEPEST = 256;

    /** What the lane's thread needs for the deepest, and as much again. */
    static final long THREAD_STACK_BYTES = 2L << 20;

    private static final Logger log = LoggerFactory.getLogger(StoreStack.class);

    private final StackedStores waiting;
    private final int deepest;
    private int height;
    private long bytes;
    private boolean complete;

    /** @param most stores in a batch */
    StoreStack(StackedStores waiting, int most) {
        this.waiting = waiting;
        this.deepest = Math.min(DEEPEST, most);
    }

    /**
     * Begins what waits, and returns when that has ended.
     *
     * @return how many stores it was
     */
    int run() {
        height = 0;
        bytes = 0;
        complete = false;
        beginOthers();
        return height;
    }

    /**
     * A store of this stack is about to wait: the others begin.
     *
     * @param weight what it weighs in a batch, in bytes
     */
    void beforeWaiting(int weight) {
        bytes += weight;
        beginOthers();
    }

    /** Once one has waited, those around it begin no more: the batch that it was in has been written. */
    private void beginOthers() {
        while (!complete) {
            Runnable store = height < deepest && bytes < LaneQueue.BATCH_BYTES ? waiting.pollReady() : null;
            if (store == null) {
                complete = true;
            } else {
                height++;
                begin(store);
            }
        }
    }

    /**
     * What one store throws, such as a stack overflow, must not end the wait of those around it. Nor must an interrupt that it
     * leaves behind, as a value's own reading may: Hazelcast's runner of those around would end without an answer.
     */
    private static void begin(Runnable store) {
        try {
            store.run();
        } catch (Throwable e) {
            log.error("a store ended without an answer", e);
        } finally {
            Thread.interrupted();
        }
    }
}
