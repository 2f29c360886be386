package io.throughline.bench.cost;

/**
 * Counters at one moment; subtract two for what happened in between.
 *
 * @param client processor seconds of the load generator
 * @param members processor seconds of the members
 * @param postgres processor seconds of all servers
 * @param walBytes written by the primaries
 * @param commits transactions on the primaries that wrote, those that were rolled back included
 * @param batches of Throughline's members, 0 for others
 * @param batchedRows in these
 * @param clientAllocated bytes that the load generator has allocated on its heap
 * @param membersAllocated the same of the members together
 */
public record Meter(
        double client,
        double members,
        double postgres,
        long walBytes,
        long commits,
        long batches,
        long batchedRows,
        long clientAllocated,
        long membersAllocated) {

    /** Rows; 0 where there were no batches. */
    public double meanBatch() {
        return batches == 0 ? 0 : (double) batchedRows / batches;
    }

    public Meter since(Meter before) {
        return new Meter(
                client - before.client,
                members - before.members,
                postgres - before.postgres,
                walBytes - before.walBytes,
                commits - before.commits,
                batches - before.batches,
                batchedRows - before.batchedRows,
                clientAllocated - before.clientAllocated,
                membersAllocated - before.membersAllocated);
    }

    Meter withAllocated(long clientBytes, long membersBytes) {
        return new Meter(client, members, postgres, walBytes, commits, batches, batchedRows, clientBytes, membersBytes);
    }
}
