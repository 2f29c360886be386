package io.throughline.bench.cost;

/**
 * Counters at one moment; subtract two for what happened in between.
 *
 * @param client processor seconds of the load generator
 * @param members processor seconds of the members
 * @param postgres processor seconds of all servers
 * @param walBytes written by the primaries
 * @param commits on the primaries, replication's and monitoring's own included
 * @param batches of Throughline's members, 0 for others
 * @param batchedRows in these
 */
public record Meter(
        double client, double members, double postgres, long walBytes, long commits, long batches, long batchedRows) {

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
                batchedRows - before.batchedRows);
    }
}
