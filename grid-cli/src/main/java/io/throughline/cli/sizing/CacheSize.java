package io.throughline.cli.sizing;

import java.time.Duration;

/**
 * The sum behind the cache's size: it must hold every entry that is written or loaded within one TTL, on three members, as
 * nothing is evicted early. {@code puts/s × TTL × entry size × copies × headroom}.
 *
 * @param entriesPerSecond distinct keys that are written, or loaded after a miss, in a second
 * @param copies of each entry, the owner's and the backups'
 * @param headroom factor over the sum; see {@link #MEASURED_RESIDENCE}
 */
public record CacheSize(
        double entriesPerSecond,
        Duration timeToLive,
        int keyBytes,
        int valueBytes,
        int copies,
        double headroom,
        int members) {

    /**
     * What Hazelcast 5.7 keeps for each entry and copy beside the bytes of key and value: record, headers, hash table,
     * expiry. Measured on 64 bits with compressed references: 209 to 239 bytes (docs/sizing.md).
     */
    public static final int ENTRY_OVERHEAD_BYTES = 240;

    /**
     * How much more than one TTL's entries are in memory, as an expired entry stays until it is swept: at 2,500 puts/s and
     * a TTL of 5 s, 4.8 s of them on owners and 14.8 s on backups, so 2.3 times the sum (docs/sizing.md).
     */
    public static final double MEASURED_RESIDENCE = 2.3;

    /** Covers {@link #MEASURED_RESIDENCE} and a peak of a third over the stated rate. */
    public static final double DEFAULT_HEADROOM = 3;

    /** Of a member's heap, what the entries may take: the rest is for Hazelcast itself, requests, garbage. */
    private static final double SHARE_OF_HEAP = 0.6;

    private static final long MEBIBYTE = 1L << 20;
    private static final long SMALLEST_HEAP_BYTES = 256 * MEBIBYTE;

    public CacheSize {
        require(entriesPerSecond > 0, "puts per second must be above 0");
        require(timeToLive.toMillis() > 0, "the TTL must be above 0");
        require(keyBytes >= 1 && keyBytes <= 512, "a key has 1 to 512 bytes");
        require(valueBytes >= 0, "a value has 0 bytes or more");
        require(copies >= 1, "there is at least one copy");
        require(headroom >= 1, "headroom is a factor of 1 or more");
        require(members >= copies, copies + " copies need " + copies + " members or more");
    }

    /** Of one copy. */
    public long entryBytes() {
        return (long) keyBytes + valueBytes + ENTRY_OVERHEAD_BYTES;
    }

    /** Live at a time, counted once. */
    public long entries() {
        return (long) Math.ceil(entriesPerSecond * timeToLive.toMillis() / 1000.0);
    }

    /** Over all members. */
    public long totalBytes() {
        return (long) Math.ceil(entries() * entryBytes() * copies * headroom);
    }

    public long bytesOfOneMember() {
        return (totalBytes() + members - 1) / members;
    }

    /** What to give as -Xmx, in whole MiB: with one member lost, the others hold its share. */
    public long heapOfOneMember() {
        double bytes = (double) totalBytes() / Math.max(copies, members - 1) / SHARE_OF_HEAP;
        return Math.max(SMALLEST_HEAP_BYTES, (long) Math.ceil(bytes / MEBIBYTE) * MEBIBYTE);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
