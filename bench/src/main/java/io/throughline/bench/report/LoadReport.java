package io.throughline.bench.report;

import io.throughline.bench.generator.Dataset;
import java.util.List;

/**
 * A run from end to end.
 *
 * @param keyPrefix what every key of the run begins with
 * @param warmUpSeconds before anything was measured
 * @param search the steps of a search for the highest rate; empty where there was none
 * @param load the load that was asked for; with a search, at the highest rate held
 * @param displaced puts that were meant for a hot key while all of them were busy
 * @param stoppedEarly whether someone asked it to
 */
public record LoadReport(
        String map,
        Dataset dataset,
        String keyPrefix,
        double warmUpSeconds,
        List<StepResult> search,
        StepResult load,
        MemoryShare memory,
        long displaced,
        boolean stoppedEarly,
        ProofResult proof) {

    public LoadReport {
        search = List.copyOf(search);
    }
}
