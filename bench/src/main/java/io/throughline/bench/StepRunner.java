package io.throughline.bench;

import io.throughline.bench.generator.Load;
import io.throughline.bench.generator.LoadShape;
import io.throughline.bench.generator.LoadStep;
import io.throughline.bench.generator.Stream;
import io.throughline.bench.grid.LoadedKeys;
import io.throughline.bench.report.Progress;
import io.throughline.bench.report.StepResult;
import io.throughline.bench.search.StepJudge;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs one step after another: watches each, shows how it goes, and judges whether its rate was held. */
final class StepRunner {

    private static final long SAMPLE_MILLIS = 50;
    private static final long LOOK_SECONDS = 5;

    private final Load load;
    private final LoadedKeys loaded;
    private final Progress progress;
    private final BooleanSupplier stopped;

    StepRunner(Load load, LoadedKeys loaded, Progress progress, BooleanSupplier stopped) {
        this.load = load;
        this.loaded = loaded;
        this.progress = progress;
        this.stopped = stopped;
    }

    StepResult run(LoadShape shape) throws InterruptedException {
        LoadStep step = load.step(shape);
        StepJudge judge = new StepJudge(shape.putsPerSecond() + shape.getsPerSecond());
        // In a thread of its own, as a member that hangs takes seconds to ask.
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        Future<?> looks = thread.scheduleWithFixedDelay(loaded::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        try {
            progress.begin();
            step.begin();
            watch(step, judge);
            step.await();
        } finally {
            looks.cancel(false);
            thread.shutdown();
            step.stop();
            progress.end();
        }
        return StepResult.of(step, judge.verdict(failures(step), neverStarted(step)));
    }

    private void watch(LoadStep step, StepJudge judge) throws InterruptedException {
        while (!step.ended()) {
            if (stopped()) {
                step.stop();
            }
            Thread.sleep(SAMPLE_MILLIS);
            judge.sample(outstanding(step.puts()) + outstanding(step.gets()));
            progress.update(step);
        }
    }

    boolean stopped() {
        return stopped.getAsBoolean();
    }

    private static long outstanding(Stream stream) {
        return stream.inFlight() + stream.backlog();
    }

    private static long neverStarted(LoadStep step) {
        return step.puts().neverStarted() + step.gets().neverStarted();
    }

    private static long failures(LoadStep step) {
        return step.puts().tally().failures().total()
                + step.gets().tally().failures().total();
    }
}
