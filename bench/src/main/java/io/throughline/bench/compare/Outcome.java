package io.throughline.bench.compare;

import io.throughline.bench.loader.StepReport;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import java.util.Comparator;
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
        return spread(of(peer, workload, inFlight).map(value::applyAsDouble));
    }

    /** Rounds in which it was measured. */
    public int rounds(Peer peer, Workload workload, int inFlight) {
        return (int) of(peer, workload, inFlight).count();
    }

    /**
     * How many times as fast Throughline was, and where operations are due at a rate, how many times as long its 99th percentile;
     * within each round. Empty where one of them wasn't measured.
     */
    public Optional<Spread> ratio(Peer peer, Workload workload, int inFlight) {
        ToDoubleFunction<Measurement> value =
                workload.open() ? measured -> measured.report().p99() : Measurement::perSecond;
        return spread(of(peer, workload, inFlight)
                .filter(theirs -> value.applyAsDouble(theirs) > 0)
                .flatMap(theirs -> ofSameRound(Peer.THROUGHLINE, theirs)
                        .map(ours -> value.applyAsDouble(ours) / value.applyAsDouble(theirs))));
    }

    /** What part of the smallest limit Throughline reached, within each round; empty where none was measured. */
    public Optional<Spread> shareOfLimit(Workload workload, int inFlight) {
        return spread(of(Peer.THROUGHLINE, workload, inFlight)
                .flatMap(ours -> Stream.of(Peer.BATCHES, Peer.EMPTY)
                        .flatMap(limit -> ofSameRound(limit, ours))
                        .min(Comparator.comparingDouble(Measurement::perSecond))
                        .map(limit -> ours.perSecond() / limit.perSecond())
                        .stream()));
    }

    private Stream<Measurement> ofSameRound(Peer peer, Measurement other) {
        return of(peer, other.workload(), other.inFlight()).filter(each -> each.round() == other.round());
    }

    private static Optional<Spread> spread(Stream<Double> values) {
        List<Double> all = values.toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(Spread.of(all));
    }

    /** Steps that the plan has and that weren't measured, because a turn failed or the comparison was stopped. */
    public int stepsMissing() {
        return plan.steps() - measurements.size();
    }

    /** Over all rounds. */
    public long sum(Peer peer, Workload workload, int inFlight, ToLongFunction<StepReport> count) {
        return of(peer, workload, inFlight)
                .mapToLong(each -> count.applyAsLong(each.report()))
                .sum();
    }

    /** Whether all that was acknowledged is on the shards, of the turns that ended, and no get of Throughline's returned less. */
    public boolean proven() {
        return proofs.stream().allMatch(proof -> proof.report().holds())
                && wrongReads().isEmpty();
    }

    /** Steps in which a get of Throughline's returned less than was acknowledged. */
    public List<Measurement> wrongReads() {
        return measurements.stream()
                .filter(each -> each.peer() == Peer.THROUGHLINE
                        && each.report().wrongReads() + each.report().emptyReads() > 0)
                .toList();
    }
}
