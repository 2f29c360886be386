package io.throughline.bench.compare;

import io.throughline.bench.cost.MeterReader;
import io.throughline.bench.cost.Metered;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.loader.LoaderSetup;
import io.throughline.bench.peers.Peer;
import io.throughline.bench.topology.LoaderProcess;
import io.throughline.bench.topology.Members;
import io.throughline.cli.CommandFailed;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs the rounds. Once, by one thread. */
public final class Comparison {

    private static final String RUN = "peers0";

    private final Plan plan;
    private final Members.Place place;
    private final Telling telling;
    private final BooleanSupplier stopped;
    private final KeyNames names;
    private final StampedValues values;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Proof> proofs = new ArrayList<>();
    private final List<Mishap> mishaps = new ArrayList<>();

    /** @param stopped asked between steps; once true, what was measured so far is the outcome */
    public Comparison(Plan plan, Members.Place place, Telling telling, BooleanSupplier stopped) {
        this.plan = plan;
        this.place = place;
        this.telling = telling;
        this.stopped = stopped;
        this.names = new KeyNames(RUN, plan.keys());
        this.values = new StampedValues(names, plan.valueBytes());
    }

    public Outcome run() throws InterruptedException {
        try (MeterReader meters = new MeterReader(place.shards().shards())) {
            for (int round = 0; round < plan.rounds(); round++) {
                for (Peer peer : plan.order(round)) {
                    if (!stopped.getAsBoolean()) {
                        telling.begins(round, peer);
                        attempt(round, peer, meters);
                    }
                }
            }
            return new Outcome(plan, measurements, proofs, mishaps);
        } catch (SQLException e) {
            throw new IllegalStateException("a shard failed: " + e.getMessage(), e);
        }
    }

    /** An hour's comparison isn't lost with one member that doesn't start, nor with a defect in one workload. */
    private void attempt(int round, Peer peer, MeterReader meters) throws InterruptedException {
        try {
            turn(round, peer, meters);
        } catch (CommandFailed failed) {
            failed(round, peer, failed.text());
        } catch (RuntimeException | SQLException | IOException failed) {
            failed(round, peer, failed.toString());
        }
    }

    private void failed(int round, Peer peer, String reason) {
        Mishap mishap = new Mishap(round, peer, reason);
        mishaps.add(mishap);
        telling.failed(mishap);
    }

    private void turn(int round, Peer peer, MeterReader meters) throws InterruptedException, SQLException, IOException {
        if (peer.stores()) {
            place.shards().prepare(peer, names, values);
        }
        try (Members members = Members.start(peer, place);
                LoaderProcess loader = LoaderProcess.start(setup(peer), place.classPaths(), place.folder());
                Metered metered = Metered.of(loader.pid(), members.pids(), members.healthUrls())) {
            Turn turn = new Turn(round, peer, plan, place.shards(), values, loader, metered, meters, telling);
            try {
                turn.run(stopped);
            } finally {
                measurements.addAll(turn.measurements());
            }
            Proof proof = new Proof(round, peer, loader.prove());
            proofs.add(proof);
            telling.proven(proof);
        }
    }

    private LoaderSetup setup(Peer peer) {
        return new LoaderSetup(
                peer,
                place.shards().throughlineYaml().toString(),
                place.folder().resolve("load-" + peer.id()).toString(),
                place.addresses(),
                RUN,
                plan.keys(),
                plan.valueBytes(),
                plan.directConnections());
    }
}
