package io.throughline.bench.compare;

import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** All that was measured and proven, in the order in which it was. */
public record Outcome(Plan plan, List<Measurement> measurements, List<Proof> proofs, List<Mishap> mishaps) {

    public Outcome {
        measurements = List.copyOf(measurements);
        proofs = List.copyOf(proofs);
        mishaps = List.copyOf(mishaps);
    }

    private Stream<Measurement> of(Peer peer, Workload workload, int inFlight) {
        return measurements.stream()
                .filter(each -> each.peer() == peer && each.workload() == workload && each.inFlight() == inFlight);
    }

    /** Over the rounds; empty where it wasn't measured. */
    public Optional<Spread> spread(Peer peer, Workload workload, int inFlight, ToDoubleFunction<Measurement> value) {
        List<Double> values =
                of(peer, workload, inFlight).map(value::applyAsDouble).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** How many times as fast Throughline was, within each round; empty where one of them wasn't measured. */
    public Optional<Spread> ratio(Peer peer, Workload workload, int inFlight) {
        List<Double> ratios = of(peer, workload, inFlight)
                .flatMap(theirs -> of(Peer.THROUGHLINE, workload, inFlight)
                        .filter(ours -> ours.round() == theirs.round() && theirs.perSecond() > 0)
                        .map(ours -> ours.perSecond() / theirs.perSecond()))
                .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** Over all rounds. */
    public long sum(Peer peer, Workload workload, int inFlight, ToLongFunction<StepReport> count) {
        return of(peer, workload, inFlight)
                .mapToLong(each -> count.applyAsLong(each.report()))
                .sum();
    }

    /** Whether all that was acknowledged is on the shards, and no get of Throughline's returned less than that. */
    public boolean proven() {
        return proofs.stream().allMatch(proof -> proof.report().holds())
                && measurements.stream()
                        .filter(each -> each.peer() == Peer.THROUGHLINE)
                        .allMatch(each ->
                                each.report().wrongReads() + each.report().emptyReads() == 0);
    }
}
