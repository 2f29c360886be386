package io.throughline.bench.report;

import io.throughline.bench.generator.LoadShape;
import io.throughline.bench.generator.LoadStep;
import io.throughline.bench.search.StepVerdict;

/**
 * One rate, for one while.
 *
 * @param seconds that the load lasted
 */
public record StepResult(LoadShape asked, double seconds, StreamResult puts, StreamResult gets, StepVerdict verdict) {

    public static StepResult of(LoadStep step, StepVerdict verdict) {
        // The last operation may have started a little after the end.
        double seconds = Math.min(step.seconds(), step.shape().duration().toNanos() / 1e9);
        double toLastAnswer = step.secondsToLastAnswer();
        return new StepResult(
                step.shape(),
                seconds,
                StreamResult.of(step.puts(), seconds, toLastAnswer),
                StreamResult.of(step.gets(), seconds, toLastAnswer),
                verdict);
    }
}
