package io.throughline.bench.report;

import io.throughline.bench.generator.Failures;
import io.throughline.bench.generator.LatencySummary;
import io.throughline.bench.generator.Stream;
import java.util.Map;

/**
 * One kind of operation over one step.
 *
 * @param offered fell due in a second
 * @param achieved succeeded in a second, up to the last answer
 * @param unanswered had no answer when the wait for it ended
 * @param neverStarted fell due and found no place in flight before the end
 * @param failures by their code
 */
public record StreamResult(
        double offered,
        double achieved,
        long succeeded,
        long unanswered,
        long neverStarted,
        LatencySummary latency,
        Map<String, Failures.Count> failures) {

    static StreamResult of(Stream stream, double seconds, double secondsToLastAnswer) {
        return new StreamResult(
                (stream.started() + stream.neverStarted()) / seconds,
                stream.tally().succeeded() / secondsToLastAnswer,
                stream.tally().succeeded(),
                stream.inFlight(),
                stream.neverStarted(),
                stream.tally().latencies().all(),
                stream.tally().failures().counts());
    }

    public long failed() {
        return failures.values().stream().mapToLong(Failures.Count::count).sum();
    }
}
