package io.throughline.torture.nemesis;

import io.throughline.torture.history.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs a schedule's rounds until it is stopped or has done them. A round begins when the grid is well again, as what is promised
 * stands against the loss of some machines at a time and not of all in turn; where it takes too long, the next one begins all
 * the same. Whatever was begun is healed.
 */
public final class Nemesis {

    /**
     * From the first fault of a round until the grid was well again, and for {@link FaultName#CLOCK} a round longer.
     *
     * @param begun ns since the run began
     * @param ended likewise
     */
    public record Unrest(Set<FaultName> faults, long begun, long ended) {}

    private static final long LOOK_MILLIS = 200;

    /** After each of these it is said what still ails the grid. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private record Deed(Duration at, boolean begins, Step step) {}

    private final Schedule schedule;
    private final int rounds;
    private final Map<FaultName, FaultInjector> faults;
    private final Supplier<List<String>> ailments;
    private final LongSupplier clock;
    private final Consumer<String> say;
    private final List<Fault> events = new ArrayList<>();
    private final Trouble trouble = new Trouble();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration recovery;

    /**
     * @param rounds after which it ends
     * @param ailments what is not yet as it was; asked until nothing is left
     * @param recovery how long that may take
     * @param clock ns since the run began
     */
    public Nemesis(
            Schedule schedule,
            int rounds,
            Map<FaultName, FaultInjector> faults,
            Supplier<List<String>> ailments,
            Duration recovery,
            LongSupplier clock,
            Consumer<String> say) {
        this.schedule = schedule;
        this.rounds = rounds;
        this.faults = Map.copyOf(faults);
        this.ailments = ailments;
        this.recovery = recovery;
        this.clock = clock;
        this.say = say;
    }

    /** Returns when all rounds are done or it was stopped, and everything is healed. */
    public void run() throws InterruptedException {
        for (int done = 0; done < rounds && stopped.getCount() > 0; done++) {
            Round round = schedule.next();
            if (!stopped.await(round.quiet().toMillis(), TimeUnit.MILLISECONDS)) {
                trouble.begins(round, clock.getAsLong());
                run(round);
                if (awaitWell()) {
                    trouble.ends(clock.getAsLong());
                }
            }
        }
        trouble.ends(clock.getAsLong());
    }

    /** Begins nothing more. */
    public void stop() {
        stopped.countDown();
    }

    /** In the order in which they were healed; complete once {@link #run} has returned. */
    public synchronized List<Fault> events() {
        return List.copyOf(events);
    }

    public List<Unrest> unrest() {
        return trouble.over();
    }

    private void run(Round round) throws InterruptedException {
        long begin = System.nanoTime();
        List<Running> running = new ArrayList<>();
        try {
            for (Deed deed : deeds(round)) {
                long wait = begin + deed.at().toNanos() - System.nanoTime();
                if (stopped.await(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
                    return;
                }
                if (deed.begins()) {
                    running.add(begin(deed.step()));
                } else {
                    heal(running, deed.step());
                }
            }
        } finally {
            List.copyOf(running).forEach(left -> heal(running, left.step()));
        }
    }

    private static List<Deed> deeds(Round round) {
        List<Deed> deeds = new ArrayList<>();
        for (Step step : round.steps()) {
            deeds.add(new Deed(step.at(), true, step));
            deeds.add(new Deed(step.end(), false, step));
        }
        // A stable order: what lasts no time begins before it is healed.
        deeds.sort(Comparator.comparing(Deed::at));
        return deeds;
    }

    private record Running(Step step, String target, long begun) {}

    private Running begin(Step step) {
        long begun = clock.getAsLong();
        String target;
        try {
            target = fault(step).begin(step.target());
        } catch (RuntimeException e) {
            target = "nobody (" + e.getMessage() + ")";
        }
        say.accept(step.fault().text() + " at " + target
                + (step.lasts().isZero() ? "" : " for " + step.lasts().toMillis() / 1e3 + " s"));
        return new Running(step, target, begun);
    }

    private void heal(List<Running> running, Step step) {
        running.stream().filter(each -> each.step().equals(step)).findFirst().ifPresent(each -> {
            running.remove(each);
            fault(step).heal();
            synchronized (this) {
                events.add(new Fault(step.fault().text(), each.target(), each.begun(), clock.getAsLong()));
            }
        });
    }

    private FaultInjector fault(Step step) {
        FaultInjector fault = faults.get(step.fault());
        if (fault == null) {
            throw new IllegalStateException(step.fault() + " is in the schedule, and there is no such fault");
        }
        return fault;
    }

    /** Also when it is stopped meanwhile: until then the grid has no peace. */
    private boolean awaitWell() throws InterruptedException {
        long begun = System.nanoTime();
        Duration next = LONG;
        for (List<String> left = ailments.get(); !left.isEmpty(); left = ailments.get()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            boolean tooLong = waited.compareTo(recovery) > 0;
            if (tooLong || waited.compareTo(next) > 0) {
                say.accept("not well again after " + waited.toSeconds() + " s: " + String.join("; ", left)
                        + (tooLong ? "; goes on" : ""));
                next = next.plus(LONG);
            }
            if (tooLong) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
