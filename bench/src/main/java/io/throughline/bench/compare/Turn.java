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

    private static final int MANY = 256;
    private static final int FEW = 8;
    private static final double OPEN_RATE = 2_500;
    private static final double OPEN_SHARE = 0.8;
    private static final Duration SLOW = Duration.ofMillis(20);

    /** Entries are gone from memory after five seconds. */
    private static final Duration FORGOTTEN = Duration.ofMillis(6_500);

    /** A little less than they live. */
    private static final Duration REMEMBERED = Duration.ofMillis(4_700);

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

    void run(BooleanSupplier stopped) throws SQLException, IOException, InterruptedException {
        warmUp();
        for (Workload workload : plan.workloads()) {
            if (plan.includes(peer, workload)) {
                run(workload, stopped);
            }
        }
    }

    private void run(Workload workload, BooleanSupplier stopped)
            throws SQLException, IOException, InterruptedException {
        List<Integer> callers = plan.callers(workload);
        if (workload != Workload.PUT) {
            rehearse(workload, callers.get(0), stopped);
        }
        for (int inFlight : callers) {
            if (!stopped.getAsBoolean()) {
                step(workload, inFlight);
            }
        }
    }

    /** More than once, where a step can't be that long. */
    private void rehearse(Workload workload, int inFlight, BooleanSupplier stopped)
            throws SQLException, IOException, InterruptedException {
        long left = plan.rehearsal().toMillis();
        while (left > 0 && !stopped.getAsBoolean()) {
            long millis = prepare(workload, left);
            load(order(workload, inFlight, millis));
            left -= millis;
        }
    }

    /** What was measured so far, also when the turn failed. */
    List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /**
     * With puts, and where more than puts is measured, for half of the time with reads among them; for a third of it with few callers, as
     * what is done for a batch would hardly be compiled otherwise.
     */
    private void warmUp() {
        boolean putsOnly = plan.workloads().equals(List.of(Workload.PUT)) || !plan.includes(peer, Workload.MIXED);
        List<Workload> kinds = putsOnly ? List.of(Workload.PUT) : List.of(Workload.MIXED, Workload.PUT);
        long third = plan.warmUp().toMillis() / 3 / kinds.size();
        kinds.forEach(kind -> {
            warmUp(kind, MANY, 2 * third);
            warmUp(kind, FEW, third);
        });
    }

    private void warmUp(Workload workload, int inFlight, long millis) {
        StepReport report = loader.run(StepOrder.closed(workload, inFlight, millis));
        if (report.operations() == 0) {
            throw new CommandFailed(
                    ExitCode.FAILED, "no operation succeeded; the first failed with " + report.firstFailure());
        }
    }

    private void step(Workload workload, int inFlight) throws SQLException, IOException, InterruptedException {
        long millis = prepare(workload, plan.step().toMillis());
        StepOrder order = order(workload, inFlight, millis);
        Meter before = meters.begin(metered);
        StepReport report = load(order);
        Meter cost = meters.end(metered).since(before);
        Measurement measurement = new Measurement(round, peer, workload, inFlight, report, cost);
        measurements.add(measurement);
        telling.measured(measurement);
    }

    /** Returns for how long the step can be run. */
    private long prepare(Workload workload, long millis) throws SQLException, IOException, InterruptedException {
        if (workload.cold()) {
            TimeUnit.MILLISECONDS.sleep(FORGOTTEN.toMillis());
        }
        if (workload == Workload.DELETE) {
            shards.addDeletable(peer, values, plan.keys());
        }
        if (workload == Workload.PUT_SLOW_SHARD) {
            shards.slow(SLOW);
        }
        return workload == Workload.READ_CACHED ? Math.min(millis, remembered()) : millis;
    }

    private long remembered() {
        long millis = REMEMBERED.toMillis() - loader.remember();
        if (millis <= 0) {
            throw new CommandFailed(
                    ExitCode.FAILED, "the first entries had expired before the last ones were in memory");
        }
        return millis;
    }

    /** A shard that stays slow as this fails is reset before the next turn. */
    private StepReport load(StepOrder order) throws SQLException {
        StepReport report = loader.run(order);
        if (order.workload() == Workload.PUT_SLOW_SHARD) {
            shards.slow(Duration.ZERO);
        }
        return report;
    }

    private StepOrder order(Workload workload, int inFlight, long millis) {
        return switch (workload) {
            case OPEN -> StepOrder.open(workload, OPEN_RATE, OPEN_RATE, millis);
            case OPEN_80 -> StepOrder.open(workload, OPEN_SHARE * most(), 0, millis);
            case PUT,
                    PUT_ZIPF,
                    PUT_HOT,
                    MIXED,
                    READ_CACHED,
                    READ_MOSTLY,
                    READ_COLD,
                    PUT_ALL,
                    GET_ALL,
                    DELETE,
                    PUT_SLOW_SHARD -> StepOrder.closed(workload, inFlight / workload.entries(), millis);
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
