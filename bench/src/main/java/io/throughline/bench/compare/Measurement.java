package io.throughline.bench.compare;

import io.throughline.bench.cost.Meter;
import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;

/**
 * One step of one peer in one round.
 *
 * @param cost of the step as a whole
 */
public record Measurement(int round, Peer peer, Workload workload, int inFlight, StepReport report, Meter cost) {

    public double perSecond() {
        return report.perSecond();
    }

    /** Per operation. */
    public double each(double total) {
        return report.operations() == 0 ? 0 : total / report.operations();
    }
}
