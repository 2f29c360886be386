package io.throughline.bench.cost;

/**
 * Counters at one moment; subtract two for what happened in between.
 *
 * @param client processor seconds of the load generator
 * @param members processor seconds of the members
 * @param postgres processor seconds of all servers
 * @param walBytes written by the primaries
 * @param commits on the primaries, replication's and monitoring's own included
 */
public record Meter(double client, double members, double postgres, long walBytes, long commits) {

    public Meter since(Meter before) {
        return new Meter(
                client - before.client,
                members - before.members,
                postgres - before.postgres,
                walBytes - before.walBytes,
                commits - before.commits);
    }
}
