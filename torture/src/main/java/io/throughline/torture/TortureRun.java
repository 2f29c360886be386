package io.throughline.torture;

import io.throughline.localpostgres.Progress;
import io.throughline.torture.clients.Children;
import io.throughline.torture.clients.RunClock;
import io.throughline.torture.clients.Seat;
import io.throughline.torture.grid.FinalRows;
import io.throughline.torture.grid.TortureGrid;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.nemesis.Faults;
import io.throughline.torture.nemesis.Nemesis;
import io.throughline.torture.nemesis.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One run: a grid of its own, clients, faults, and the look at every node at the end. The grid is ended in order however the run
 * ends. Runs once.
 */
final class TortureRun {

    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final Duration LAST_RECOVERY = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** More than Hazelcast's own timeouts take, which are two minutes. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(3);

    private static final long LOOK_MILLIS = 100;
    private static final long AFTERWARDS_SECONDS = 5;
    private static final long SAY_EVERY_SECONDS = 5;

    private final TorturePlan plan;
    private final Consumer<String> say;
    private final BooleanSupplier stopped;
    private final Recorder recorder = new Recorder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Crew crew = new Crew(ANSWERED_WITHIN);

    /**
     * @param say told what happens, a line each
     * @param stopped asked again and again; once true, clients and faults end and what was recorded is looked at
     */
    TortureRun(TorturePlan plan, Consumer<String> say, BooleanSupplier stopped) {
        this.plan = plan;
        this.say = say;
        this.stopped = stopped;
    }

    Evidence run() throws InterruptedException {
        say.accept("Starting a grid in " + plan.folder().path() + " …");
        Progress progress = (place, step) -> say.accept((place + " " + step).strip());
        try (TortureGrid grid = TortureGrid.start(plan.folder().grid(), plan.needs(), progress, stopped)) {
            return on(grid);
        }
    }

    private Evidence on(TortureGrid grid) throws InterruptedException {
        RunClock clock = RunClock.begin();
        try {
            openClients(grid, clock);
            awaitWell(grid); // partitions move while the member within an application joins
            crew.start();
            Nemesis nemesis = new Nemesis(
                    new Schedule(plan.seed(), plan.faults()),
                    plan.once() ? plan.faults().size() : Integer.MAX_VALUE,
                    Faults.of(grid, plan.faults(), Roster.MAP, clock::now),
                    grid::ailments,
                    RECOVERY,
                    clock::now,
                    line -> say.accept(seconds(clock) + line));
            work(clock, nemesis);
            say.accept("No more faults; waiting until the grid is well …");
            List<String> ailments = awaitWell(grid);
            TimeUnit.SECONDS.sleep(
                    AFTERWARDS_SECONDS); // what clients do on a grid that is well again is checked as well
            List<String> unanswered = endClients();
            say.accept("Reading the rows of every node …");
            FinalRows rows = FinalRows.read(grid.config(), "kv.entries", PATIENCE);
            return new Evidence(
                    recorder.operations(),
                    recorder.direct(),
                    recorder.failures(),
                    nemesis.events(),
                    nemesis.unrest(),
                    rows,
                    ailments,
                    unanswered);
        } finally {
            endClients();
        }
    }

    private static String seconds(RunClock clock) {
        return String.format(Locale.ROOT, "%6.1f s  ", clock.now() / 1e9);
    }

    private void openClients(TortureGrid grid, RunClock clock) {
        Roster roster = new Roster(
                grid, clock, new Children(plan.python(), plan.folder().path()));
        int number = 0;
        for (ClientKind kind : plan.clients()) {
            say.accept("Opening a client: " + kind.name().toLowerCase(Locale.ROOT) + " …");
            Seat seat = roster.open(kind);
            number++;
            List<Worker> workers = new ArrayList<>();
            for (int thread = 0; thread < Worker.THREADS; thread++) {
                long seed = plan.seed() * 1_000 + number * 10L + thread;
                workers.add(new Worker(seat, plan.workloads(kind), thread, seed, recorder, clock, ended));
            }
            crew.add(kind.name(), seat, workers);
        }
    }

    /** What is under way gets its outcome first. */
    private List<String> endClients() {
        ended.countDown();
        return crew.end();
    }

    private void work(RunClock clock, Nemesis nemesis) throws InterruptedException {
        Thread faults = new Thread(() -> run(nemesis), "nemesis");
        faults.start();
        long deadline = System.nanoTime() + plan.length().toNanos();
        long next = System.nanoTime();
        while (System.nanoTime() - deadline < 0 && !stopped.getAsBoolean() && faults.isAlive()) {
            if (System.nanoTime() - next > 0) {
                next += TimeUnit.SECONDS.toNanos(SAY_EVERY_SECONDS);
                say.accept(seconds(clock) + recorder.count() + " operations");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        nemesis.stop();
        faults.join();
    }

    private void run(Nemesis nemesis) {
        try {
            nemesis.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is not well even so; empty where all is. */
    private static List<String> awaitWell(TortureGrid grid) throws InterruptedException {
        long deadline = System.nanoTime() + LAST_RECOVERY.toNanos();
        List<String> ailments = grid.ailments();
        while (!ailments.isEmpty() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            ailments = grid.ailments();
        }
        return ailments;
    }
}
