package io.throughline.cli.transfer;

import io.throughline.cli.ExitCode;
import io.throughline.cli.client.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries with a bounded number of them under way. Two entries of one key are never under way at once, so that the
 * file's last one wins. What fails without being the entry's fault is written again until a deadline. One use, one thread;
 * {@link #written} and {@link #position} may be read by others.
 */
final class Importer implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Sink sink;
    private final MapFormat format;
    private final int inFlight;
    private final boolean skipBad;
    private final Duration retryFor;
    private final BadLines badLines;
    private final Watermark watermark;
    private final Semaphore permits;
    private final Map<String, CompletableFuture<@Nullable Void>> keys = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final AtomicLong written = new AtomicLong();
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "import-again");
        thread.setDaemon(true);
        return thread;
    });

    /** @param retryFor how long one entry is tried */
    Importer(
            Sink sink,
            MapFormat format,
            int inFlight,
            boolean skipBad,
            Duration retryFor,
            BadLines badLines,
            Position start) {
        this.sink = sink;
        this.format = format;
        this.inFlight = inFlight;
        this.skipBad = skipBad;
        this.retryFor = retryFor;
        this.badLines = badLines;
        this.watermark = new Watermark(start);
        this.permits = new Semaphore(inFlight);
    }

    /** Called after each entry that was begun, and once all are done. */
    interface Progress {
        void moved() throws IOException;
    }

    /** Empty if the whole file was written; what is under way is waited for in any case. */
    Optional<Stop> run(EntryReader entries, Progress progress) throws IOException {
        Parsed next = entries.read();
        while (next != null && stop.get() == null) {
            take(next);
            progress.moved();
            next = entries.read();
        }
        permits.acquireUninterruptibly(inFlight);
        permits.release(inFlight);
        progress.moved();
        return Optional.ofNullable(stop.get());
    }

    /** Everything before it is done. */
    Position position() {
        return watermark.position();
    }

    long written() {
        return written.get();
    }

    private void take(Parsed parsed) {
        Watermark.Step step = watermark.begin(new Position(parsed.end(), parsed.nextLine()));
        if (parsed instanceof Parsed.Entry entry) {
            try {
                write(entry, format.toValue(entry.value()), step);
            } catch (IllegalArgumentException e) {
                bad(entry.line(), String.valueOf(e.getMessage()), step);
            }
        } else if (parsed instanceof Parsed.Malformed malformed) {
            bad(malformed.line(), malformed.reason(), step);
        }
    }

    private void bad(long line, String reason, Watermark.Step step) {
        badLines.add(line, reason);
        if (skipBad) {
            step.done();
        } else {
            stop.compareAndSet(null, new Stop(ExitCode.BAD_INPUT, "line " + line + ": " + reason));
        }
    }

    private void write(Parsed.Entry entry, Object value, Watermark.Step step) {
        CompletableFuture<@Nullable Void> earlier = keys.get(entry.key());
        if (earlier != null) {
            earlier.join();
        }
        permits.acquireUninterruptibly();
        CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
        keys.put(entry.key(), finished);
        new Attempts(entry, value, step, finished).next();
    }

    @Override
    public void close() {
        again.shutdownNow();
    }

    /** One entry until it is written, found bad, or given up. */
    private final class Attempts {

        private final Parsed.Entry entry;
        private final Object value;
        private final Watermark.Step step;
        private final CompletableFuture<@Nullable Void> finished;
        private final long deadline = System.nanoTime() + retryFor.toNanos();
        private long pauseMillis = FIRST_PAUSE_MILLIS;

        Attempts(Parsed.Entry entry, Object value, Watermark.Step step, CompletableFuture<@Nullable Void> finished) {
            this.entry = entry;
            this.value = value;
            this.step = step;
            this.finished = finished;
        }

        void next() {
            try {
                sink.write(entry.key(), value).whenComplete((nothing, error) -> {
                    if (error == null) {
                        written.incrementAndGet();
                        step.done();
                        finish();
                    } else {
                        failed(Failure.of(error));
                    }
                });
            } catch (RuntimeException e) {
                failed(Failure.of(e));
            }
        }

        private void failed(Failure failure) {
            if (failure.entryIsAtFault()) {
                bad(entry.line(), failure.message(), step);
                finish();
            } else if (System.nanoTime() - deadline > 0 || stop.get() != null) {
                stop.compareAndSet(null, givenUp(failure));
                finish();
            } else {
                var unused = again.schedule(this::next, pauseMillis, TimeUnit.MILLISECONDS);
                pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            }
        }

        private Stop givenUp(Failure failure) {
            ExitCode exitCode = switch (failure.outcome()) {
                case REFUSED -> ExitCode.REFUSED;
                case UNKNOWN -> ExitCode.UNKNOWN;
            };
            return new Stop(
                    exitCode,
                    "line " + entry.line() + ": given up after " + retryFor.toSeconds() + " s: " + failure.message());
        }

        private void finish() {
            keys.remove(entry.key());
            permits.release();
            finished.complete(null);
        }
    }
}
