package io.throughline.bench.compare;

import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is measured.
 *
 * @param warmUp of each peer in each round, as its JVMs are new: puts, and half of it reads among them where more is measured
 * @param step how long each number of callers is measured
 * @param shards of three PostgreSQL servers each
 * @param partitions of every peer's grid
 * @param keys on the shards from the beginning
 * @param heap of each member, as in -Xmx
 * @param memberConnections of each peer's member to each shard
 * @param directConnections of a peer without a grid, to all shards together
 */
public record Plan(
        List<Peer> peers,
        List<Workload> workloads,
        List<Integer> inFlight,
        int rounds,
        Duration warmUp,
        Duration step,
        int shards,
        int partitions,
        int keys,
        int valueBytes,
        String heap,
        int memberConnections,
        int directConnections) {

    private static final Duration LONGEST_REHEARSAL = Duration.ofSeconds(10);

    public Plan {
        peers = List.copyOf(peers);
        workloads = List.copyOf(workloads);
        inFlight = List.copyOf(inFlight);
    }

    /**
     * The peers in the order of this round, from 0: each round begins with another, and every second one goes backwards, so that
     * none always comes after the same one.
     */
    public List<Peer> order(int round) {
        int direction = round % 2 == 0 ? 1 : -1;
        return IntStream.range(0, peers.size())
                .mapToObj(place -> peers.get(Math.floorMod(round + direction * place, peers.size())))
                .toList();
    }

    /** How long a workload that does more than puts is run before it is measured first: the warm-up didn't compile it. */
    Duration rehearsal() {
        Duration share = warmUp.dividedBy(6);
        return share.compareTo(LONGEST_REHEARSAL) < 0 ? share : LONGEST_REHEARSAL;
    }

    /** Whether this is measured: limits don't do everything. */
    public boolean includes(Peer peer, Workload workload) {
        return switch (peer) {
            case BATCHES -> workload == Workload.PUT;
            case EMPTY, NO_STORE -> !workload.cold() && workload != Workload.PUT_SLOW_SHARD;
            case THROUGHLINE, MAPSTORE, MAPSTORE_271, JDBC, LOOK_ASIDE, GENERIC, IGNITE, INFINISPAN -> true;
        };
    }

    /**
     * Entries in flight: one for each caller, and where an operation has more of them a multiple of that; for operations that are
     * due at a rate, a single 0.
     */
    public List<Integer> callers(Workload workload) {
        int entries = workload.entries();
        return workload.open()
                ? List.of(0)
                : inFlight.stream()
                        .map(count -> Math.max(1, count / entries) * entries)
                        .distinct()
                        .toList();
    }

    /** That all rounds have together. */
    public int steps() {
        return rounds * peers.stream().mapToInt(this::stepsOf).sum();
    }

    public int stepsOf(Peer peer) {
        return workloads.stream()
                .filter(workload -> includes(peer, workload))
                .mapToInt(workload -> callers(workload).size())
                .sum();
    }
}
