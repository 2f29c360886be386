package io.throughline.bench;

import io.throughline.bench.generator.LoadShape;
import io.throughline.bench.report.Progress;
import io.throughline.bench.report.StepResult;
import io.throughline.bench.search.RateSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Searches for the highest rate that is held, then runs it for as long as a load was asked for, as a rate that is held for
 * ten seconds may not be for sixty. If it isn't, a little less is tried.
 */
final class HighestRate {

    private static final double PRECISION = 0.05;
    private static final int CONFIRMATIONS = 6;

    private final LoadPlan plan;
    private final StepRunner runner;
    private final Progress progress;
    private final List<StepResult> steps = new ArrayList<>();

    HighestRate(LoadPlan plan, StepRunner runner, Progress progress) {
        this.plan = plan;
        this.runner = runner;
        this.progress = progress;
    }

    /** All steps; the last is the confirmation. */
    List<StepResult> search() throws InterruptedException {
        RateSearch search = new RateSearch(plan.shape().putsPerSecond(), PRECISION);
        while (!search.done() && !runner.stopped()) {
            double rate = search.next();
            search.tried(run(plan.shape().at(rate, plan.searchStep())));
        }
        confirm(Math.max(1, search.highestHeld()));
        return steps;
    }

    private void confirm(double highest) throws InterruptedException {
        double rate = highest;
        for (int left = CONFIRMATIONS; left > 0 && (steps.isEmpty() || !runner.stopped()); left--) {
            if (run(plan.shape().at(rate, plan.shape().duration()))) {
                return;
            }
            rate *= 1 - PRECISION;
        }
    }

    private boolean run(LoadShape shape) throws InterruptedException {
        StepResult result = runner.run(shape);
        steps.add(result);
        progress.say(String.format(
                Locale.ROOT,
                "%,.0f puts/s for %.0f s: %s (%s)",
                shape.putsPerSecond(),
                result.seconds(),
                result.verdict().held() ? "held" : "not held",
                result.verdict().why()));
        return result.verdict().held();
    }
}
