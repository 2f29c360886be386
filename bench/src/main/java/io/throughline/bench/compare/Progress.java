package io.throughline.bench.compare;

import io.throughline.bench.peers.Peer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells how a comparison goes, and how long it will still take. Not thread-safe. */
public final class Progress implements Telling {

    /** Starting and ending members, filling tables, and comparing rows. */
    private static final Duration AROUND = Duration.ofSeconds(14);

    private final Plan plan;
    private final PrintWriter out;
    private final long beginNanos = System.nanoTime();
    private double ahead;
    private double behind;

    public Progress(Plan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
        this.ahead =
                plan.rounds() * plan.peers().stream().mapToDouble(this::seconds).sum();
    }

    /** What the whole is expected to take. */
    public Duration expected() {
        return Duration.ofSeconds(Math.round(ahead));
    }

    private double seconds(Peer peer) {
        return AROUND.plus(plan.warmUp())
                        .plus(plan.step().multipliedBy(plan.stepsOf(peer)))
                        .plus(plan.rehearsal().multipliedBy(plan.workloads().size()))
                        .toMillis()
                / 1e3;
    }

    @Override
    public void begins(int round, Peer peer) {
        // What turns have taken so far tells better than the plan what the others will take.
        double spent = (System.nanoTime() - beginNanos) / 1e9;
        double left = behind == 0 ? ahead : ahead * spent / behind;
        say(String.format(
                Locale.ROOT, "round %d of %d, %s; about %s left", round + 1, plan.rounds(), peer.id(), minutes(left)));
        behind += seconds(peer);
        ahead -= seconds(peer);
    }

    private static String minutes(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }

    @Override
    public void measured(Measurement measured) {
        say(String.format(
                Locale.ROOT,
                "  %-10s %s %,9.0f/s  p50 %.2f ms  p99 %.1f ms%s",
                measured.workload().id(),
                measured.inFlight() == 0
                        ? "    at a rate   "
                        : String.format(Locale.ROOT, "%,6d in flight", measured.inFlight()),
                measured.perSecond(),
                measured.report().p50(),
                measured.report().p99(),
                measured.report().failed() == 0
                        ? ""
                        : "  failed " + measured.report().failed() + ": "
                                + measured.report().firstFailure()));
    }

    @Override
    public void proven(Proof proof) {
        if (!proof.report().holds()) {
            say("  NOT PROVEN: " + proof.report().wrong() + proof.report().notCompared());
        }
    }

    @Override
    public void failed(Mishap mishap) {
        say("  FAILED: " + mishap);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
