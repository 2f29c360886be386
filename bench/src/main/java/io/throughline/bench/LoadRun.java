package io.throughline.bench;

import io.throughline.bench.generator.Load;
import io.throughline.bench.generator.LoadShape;
import io.throughline.bench.generator.ReadChecks;
import io.throughline.bench.grid.GridConnection;
import io.throughline.bench.grid.GridUnderLoad;
import io.throughline.bench.grid.LoadedKeys;
import io.throughline.bench.grid.ValueForm;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.proof.NotProvenException;
import io.throughline.bench.proof.RowsProof;
import io.throughline.bench.proof.ShardResult;
import io.throughline.bench.report.LoadReport;
import io.throughline.bench.report.MemoryShare;
import io.throughline.bench.report.Progress;
import io.throughline.bench.report.ProofResult;
import io.throughline.bench.report.StepResult;
import io.throughline.mapstore.config.GridMapConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The load, and then the proof. The clients are closed in between, so that nothing is written any more while rows are
 * compared. Runs once.
 */
final class LoadRun {

    private final LoadPlan plan;
    private final GridUnderLoad grid;
    private final GridMapConfig map;
    private final KeyNames names;
    private final StampedValues values;
    private final Progress progress;
    private final BooleanSupplier stopped;
    private final List<StepResult> steps = new ArrayList<>();
    private long putsBeforeMeasuring;

    /**
     * @param run names the run's keys
     * @param stopped asked again and again; once true, the load ends and the proof follows
     */
    LoadRun(
            LoadPlan plan,
            GridUnderLoad grid,
            GridMapConfig map,
            String run,
            Progress progress,
            BooleanSupplier stopped) {
        this.plan = plan;
        this.grid = grid;
        this.map = map;
        this.names = new KeyNames(run, plan.dataset().keys());
        this.values = new StampedValues(
                names,
                plan.dataset().valueBytes() - ValueForm.of(map.valueFormat()).extraBytes());
        this.progress = progress;
        this.stopped = stopped;
    }

    LoadReport run() throws InterruptedException {
        LoadedKeys loaded = new LoadedKeys(grid.healthUrls());
        Load load;
        short[] partitions;
        try (GridConnection connection = GridConnection.open(grid)) {
            load = new Load(
                    connection.target(map.name(), ValueForm.of(map.valueFormat())), names, values, plan.dataset());
            partitions = connection.partitions(names);
            StepRunner runner = new StepRunner(load, loaded, progress, stopped);
            warmUp(runner);
            loaded.look();
            steps.addAll(
                    plan.findMax()
                            ? new HighestRate(plan, runner, progress).search()
                            : List.of(runner.run(plan.shape())));
            loaded.look();
        }
        progress.say("The load is over; comparing what was acknowledged with the rows…");
        return report(load, loaded, proof(load, partitions));
    }

    private void warmUp(StepRunner runner) throws InterruptedException {
        if (!plan.warmUp().isZero()) {
            progress.say("Warming up for " + plan.warmUp().toSeconds() + " s…");
            LoadShape shape = plan.shape().at(plan.shape().putsPerSecond(), plan.warmUp());
            putsBeforeMeasuring = runner.run(shape).puts().succeeded();
        }
    }

    private ProofResult proof(Load load, short[] partitions) throws InterruptedException {
        long begin = System.nanoTime();
        List<ShardResult> shards = List.of();
        String obstacle = "";
        try {
            shards = new RowsProof(grid.config(), map, load.ledger(), names, values, partitions).run(plan.patience());
        } catch (NotProvenException e) {
            obstacle = String.valueOf(e.getMessage());
        }
        ReadChecks reads = load.checks();
        return new ProofResult(
                acknowledgedPuts(),
                load.ledger().keysAcknowledged(),
                reads.checked(),
                reads.wrong(),
                reads.first(),
                shards,
                obstacle,
                (System.nanoTime() - begin) / 1e9);
    }

    private long acknowledgedPuts() {
        return putsBeforeMeasuring
                + steps.stream().mapToLong(step -> step.puts().succeeded()).sum();
    }

    private LoadReport report(Load load, LoadedKeys loaded, ProofResult proof) {
        int last = steps.size() - 1;
        long gets = steps.stream().mapToLong(step -> step.gets().succeeded()).sum();
        return new LoadReport(
                map.name(),
                plan.dataset(),
                names.prefix(),
                plan.warmUp().toNanos() / 1e9,
                steps.subList(0, last),
                steps.get(last),
                new MemoryShare(gets, loaded.sinceFirstLook(), loaded.complete()),
                load.displaced(),
                stopped.getAsBoolean(),
                proof);
    }
}
