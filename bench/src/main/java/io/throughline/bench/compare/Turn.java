package io.throughline.bench.compare;

import io.throughline.bench.cost.Meter;
import io.throughline.bench.cost.MeterReader;
import io.throughline.bench.cost.Metered;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.loader.StepOrder;
import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import io.throughline.bench.topology.LoaderProcess;
import io.throughline.bench.topology.SharedShards;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The steps of one peer in one round, while its members and its load generator run. Once, by one thread. */
final class Turn {

    private static final int WARM_UP_IN_FLIGHT = 256;
    private static final double OPEN_RATE = 2_500;
    private static final double OPEN_SHARE = 0.8;
    private static final Duration SLOW = Duration.ofMillis(20);

    /** Entries are gone from memory after five seconds. */
    private static final Duration FORGOTTEN = Duration.ofMillis(6_500);

    private static final Duration REMEMBERED = Duration.ofSeconds(4);

    private final int round;
    private final Peer peer;
    private final Plan plan;
    private final SharedShards shards;
    private final StampedValues values;
    private final LoaderProcess loader;
    private final Metered metered;
    private final MeterReader meters;
    private final Telling telling;
    private final List<Measurement> measurements = new ArrayList<>();

    Turn(
            int round,
            Peer peer,
            Plan plan,
            SharedShards shards,
            StampedValues values,
            LoaderProcess loader,
            Metered metered,
            MeterReader meters,
            Telling telling) {
        this.round = round;
        this.peer = peer;
        this.plan = plan;
        this.shards = shards;
        this.values = values;
        this.loader = loader;
        this.metered = metered;
        this.meters = meters;
        this.telling = telling;
    }

    List<Measurement> run(BooleanSupplier stopped) throws SQLException, IOException, InterruptedException {
        warmUp();
        for (Workload workload : plan.workloads()) {
            for (int inFlight : plan.callers(workload)) {
                if (plan.includes(peer, workload) && !stopped.getAsBoolean()) {
                    step(workload, inFlight);
                }
            }
        }
        return measurements;
    }

    /** With puts, and where more than puts is measured, for half of the time with reads among them. */
    private void warmUp() {
        boolean putsOnly = plan.workloads().equals(List.of(Workload.PUT)) || !plan.includes(peer, Workload.MIXED);
        List<Workload> kinds = putsOnly ? List.of(Workload.PUT) : List.of(Workload.MIXED, Workload.PUT);
        kinds.forEach(kind -> warmUp(kind, plan.warmUp().toMillis() / kinds.size()));
    }

    private void warmUp(Workload workload, long millis) {
        StepReport report = loader.run(StepOrder.closed(workload, WARM_UP_IN_FLIGHT, millis));
        if (report.operations() == 0) {
            throw new CommandFailed(
                    ExitCode.FAILED, "no operation succeeded; the first failed with " + report.firstFailure());
        }
    }

    private void step(Workload workload, int inFlight) throws SQLException, IOException, InterruptedException {
        StepOrder order = order(workload, inFlight);
        prepare(workload);
        Meter before = meters.begin(metered);
        StepReport report = loader.run(order);
        Meter cost = meters.end(metered).since(before);
        if (workload == Workload.PUT_SLOW_SHARD) {
            shards.slow(Duration.ZERO);
        }
        Measurement measurement = new Measurement(round, peer, workload, inFlight, report, cost);
        measurements.add(measurement);
        telling.measured(measurement);
    }

    private void prepare(Workload workload) throws SQLException, IOException, InterruptedException {
        if (workload.cold()) {
            TimeUnit.MILLISECONDS.sleep(FORGOTTEN.toMillis());
        }
        if (workload == Workload.DELETE) {
            shards.addDeletable(peer, values, plan.keys());
        }
        if (workload == Workload.PUT_SLOW_SHARD) {
            shards.slow(SLOW);
        }
    }

    private StepOrder order(Workload workload, int inFlight) {
        long millis = plan.step().toMillis();
        return switch (workload) {
            case OPEN -> StepOrder.open(workload, OPEN_RATE, OPEN_RATE, millis);
            case OPEN_80 -> StepOrder.open(workload, OPEN_SHARE * most(), 0, millis);
            case READ_CACHED -> StepOrder.closed(workload, inFlight, Math.min(millis, REMEMBERED.toMillis()));
            case PUT, PUT_ZIPF, PUT_HOT, MIXED, READ_MOSTLY, READ_COLD, PUT_ALL, GET_ALL, DELETE, PUT_SLOW_SHARD ->
                StepOrder.closed(workload, Math.max(1, inFlight / workload.entries()), millis);
        };
    }

    private double most() {
        return measurements.stream()
                .filter(each -> each.workload() == Workload.PUT)
                .mapToDouble(Measurement::perSecond)
                .max()
                .orElseThrow(() -> new IllegalStateException("no puts were measured before"));
    }
}
