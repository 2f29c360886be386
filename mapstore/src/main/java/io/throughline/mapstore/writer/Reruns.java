package io.throughline.mapstore.writer;

import java.time.Duration;

/**
 * Of which partitions a store may come that has been done before: Hazelcast runs again what was under way when a partition moved, at its
 * new owner, or at the old one if it stayed after all. Who can't do such a store must not say that nothing was stored (docs/model.md).
 * Thread-safe.
 */
public final class Reruns {

    private final Ownership ownership;
    private final PartitionTimes expected;

    /** @param within how long after a partition has come */
    public Reruns(Ownership ownership, Duration within) {
        this.ownership = ownership;
        this.expected = new PartitionTimes(within);
    }

    /** What was under way in this partition is run again from now on. */
    void expect(int partition) {
        expected.begin(partition, System.nanoTime());
    }

    /**
     * A store of this partition is done. If the partition is on its way, or just a backup of it is, Hazelcast doesn't finish the operation
     * but runs it again, here too.
     */
    public void stored(int partition) {
        if (ownership.of(partition) == Ownership.State.IN_LIMBO) {
            expect(partition);
        }
    }

    public boolean mayCome(int partition) {
        return expected.runs(partition, System.nanoTime());
    }
}
