package io.throughline.mapstore.writer;

/**
 * Whether this member can go on after a merge, which gives it another UUID: as long as nothing was ever asked of its shards. From
 * beginning to end of the merge nothing is sent, as the partition table may still be the earlier one's. Thread-safe.
 */
public final class Identity {

    private volatile boolean used;
    private volatile boolean merging;

    /** To be called before an operation waits for a shard. */
    public void use() {
        if (!used) { // a volatile read is cheap, and each operation comes by here
            used = true;
        }
    }

    boolean merging() {
        return merging;
    }

    /** To be called before the UUID changes. */
    public void mergeBegins() {
        merging = true;
    }

    /** @return false if this member has to end; it sends nothing more then */
    public boolean mergeEnds() {
        if (merging && used) {
            return false;
        }
        merging = false;
        return true;
    }
}
