package io.throughline.cli.local;

import io.throughline.cli.LocalGrid;
import io.throughline.localpostgres.Progress;
import io.throughline.member.MemberProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts members again that have ended, and keeps grid.json true. */
public final class GridWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GridWatch.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final int LOOKS_BETWEEN_MEMORIES = 8;

    private final LocalGrid grid;
    private final Progress progress;
    private final Map<String, MemberWatch> watches = new HashMap<>();
    private int looks;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "grid-watch");
        thread.setDaemon(true);
        return thread;
    });

    public GridWatch(LocalGrid grid, Progress progress) {
        this.grid = grid;
        this.progress = progress;
        var unused =
                clock.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            grid.members().forEach(this::look);
            if (++looks % LOOKS_BETWEEN_MEMORIES == 0) {
                grid.remember();
            }
        } catch (RuntimeException e) {
            // A watch that ended in silence would be worse than one that complains four times a second.
            log.warn("the watch over {} failed and goes on", grid.directory(), e);
        }
    }

    private void look(MemberProcess member) {
        long now = System.nanoTime();
        MemberWatch watch = watches.computeIfAbsent(member.name(), name -> new MemberWatch(now));
        switch (watch.next(member.isAlive(), now)) {
            case NOTHING -> {}
            case TELL_END ->
                progress.step(
                        member.name(),
                        "ended with exit code " + exitCode(member) + ", starts again"
                                + (watch.pause().isZero()
                                        ? ""
                                        : " in " + watch.pause().toSeconds() + " s")
                                + " (its log: " + member.log() + ")");
            case RESTART -> {
                if (mayStart()) {
                    grid.restart(member.name());
                    watch.restarted(now);
                    progress.step(member.name(), "started again");
                }
            }
        }
    }

    /** One after another until one has joined: members that start at the same moment may each believe to be the first. */
    private boolean mayStart() {
        List<MemberProcess> alive =
                grid.members().stream().filter(MemberProcess::isAlive).toList();
        return alive.isEmpty() || alive.stream().anyMatch(MemberProcess::hasJoined);
    }

    /** A process that has just ended may not have been waited for yet. */
    private static int exitCode(MemberProcess member) {
        return member.exitCode().completeOnTimeout(-1, 2, TimeUnit.SECONDS).join();
    }

    /** Nothing is started any more when this returns. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
                clock.shutdownNow();
            }
        } catch (InterruptedException e) {
            clock.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
