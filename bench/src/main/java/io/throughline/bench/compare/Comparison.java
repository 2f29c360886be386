package io.throughline.bench.compare;

import io.throughline.bench.cost.Meter;
import io.throughline.bench.cost.MeterReader;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.loader.LoaderSetup;
import io.throughline.bench.loader.StepOrder;
import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import io.throughline.bench.topology.LoaderProcess;
import io.throughline.bench.topology.Members;
import io.throughline.bench.topology.SharedShards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs the rounds. Once, by one thread. */
public final class Comparison {

    private static final String RUN = "peers0";
    private static final int WARM_UP_IN_FLIGHT = 256;
    private static final double OPEN_RATE = 2_500;
    private static final double OPEN_SHARE = 0.8;
    private static final Duration SLOW = Duration.ofMillis(20);

    /** Entries are gone from memory after five seconds. */
    private static final Duration TIME_TO_LIVE = Duration.ofMillis(6_500);

    private final Plan plan;
    private final Members.Place place;
    private final Telling telling;
    private final BooleanSupplier stopped;
    private final KeyNames names;
    private final StampedValues values;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Proof> proofs = new ArrayList<>();

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
            for (int round = 0; round < plan.rounds() && !stopped.getAsBoolean(); round++) {
                for (Peer peer : plan.order(round)) {
                    if (!stopped.getAsBoolean()) {
                        turn(round, peer, meters);
                    }
                }
            }
            return new Outcome(plan, measurements, proofs);
        } catch (SQLException e) {
            throw new IllegalStateException("a shard failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(int round, Peer peer, MeterReader meters) throws InterruptedException, SQLException, IOException {
        telling.begins(round, peer);
        SharedShards shards = place.shards();
        if (peer.stores()) {
            shards.prepare(peer, names, values);
        }
        try (Members members = Members.start(peer, place);
                LoaderProcess loader = LoaderProcess.start(setup(peer), place.folder())) {
            warmUp(loader);
            for (Workload workload : plan.workloads()) {
                if (plan.includes(peer, workload)) {
                    for (int inFlight : plan.callers(workload)) {
                        if (stopped.getAsBoolean()) {
                            break;
                        }
                        step(round, peer, workload, inFlight, members, loader, meters);
                    }
                }
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
                place.addresses(),
                RUN,
                plan.keys(),
                plan.valueBytes(),
                plan.directConnections());
    }

    private void warmUp(LoaderProcess loader) {
        loader.run(
                StepOrder.closed(Workload.PUT, WARM_UP_IN_FLIGHT, plan.warmUp().toMillis()));
    }

    private StepOrder order(int round, Peer peer, Workload workload, int inFlight) {
        long millis = plan.step().toMillis();
        return switch (workload) {
            case OPEN -> StepOrder.open(workload, OPEN_RATE, OPEN_RATE, millis);
            case OPEN_80 -> StepOrder.open(workload, OPEN_SHARE * most(round, peer), 0, millis);
            case PUT, PUT_ZIPF, PUT_HOT, MIXED, READ_HOT, READ_COLD, PUT_ALL, GET_ALL, DELETE, PUT_SLOW_SHARD ->
                StepOrder.closed(workload, inFlight, millis);
        };
    }

    private double most(int round, Peer peer) {
        return measurements.stream()
                .filter(each -> each.round() == round && each.peer() == peer && each.workload() == Workload.PUT)
                .mapToDouble(Measurement::perSecond)
                .max()
                .orElseThrow(() -> new IllegalStateException("no puts were measured"));
    }

    /** What must be so before a step. */
    private void condition(Peer peer, Workload workload) throws SQLException, IOException, InterruptedException {
        if (workload.cold()) {
            TimeUnit.MILLISECONDS.sleep(TIME_TO_LIVE.toMillis());
        }
        if (workload == Workload.DELETE) {
            place.shards().addDeletable(peer, values, plan.keys());
        }
        if (workload == Workload.PUT_SLOW_SHARD) {
            place.shards().slow(SLOW);
        }
    }

    private void step(
            int round,
            Peer peer,
            Workload workload,
            int inFlight,
            Members members,
            LoaderProcess loader,
            MeterReader meters)
            throws SQLException, IOException, InterruptedException {
        condition(peer, workload);
        List<Long> client = List.of(loader.pid());
        Meter before = meters.read(client, members.pids());
        StepReport report = loader.run(order(round, peer, workload, inFlight));
        Meter cost = meters.read(client, members.pids()).since(before);
        Measurement measurement = new Measurement(round, peer, workload, inFlight, report, cost);
        if (workload == Workload.PUT_SLOW_SHARD) {
            place.shards().slow(Duration.ZERO);
        }
        measurements.add(measurement);
        telling.measured(measurement);
    }
}
