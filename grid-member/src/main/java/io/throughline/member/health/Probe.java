package io.throughline.member.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks something that may take its time (a shard, the partition table) on a thread of its own, again and again. Whoever
 * wants to know gets the latest answer and its age, so a shard that hangs makes health say so and not hang as well.
 */
public final class Probe<T> implements Checks, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Probe.class);

    private static final Duration PAUSE_WHEN_WELL = Duration.ofSeconds(1);
    private static final Duration PAUSE_WHEN_UNWELL = Duration.ofMillis(200);

    /** An answer older than this says nothing about now. */
    private static final Duration STALE = Duration.ofSeconds(10);

    private record Answer<T>(T value, List<Check> checks, long nanos) {}

    private final String name;
    private final Supplier<T> question;
    private final Function<T, List<Check>> findings;
    private final LongSupplier nanoTime;
    private final long bornNanos;
    private final Thread thread;
    private volatile @Nullable Answer<T> latest;
    private volatile String failure = "";

    /**
     * @param name of the check that stands in while there is no answer
     * @param question may block and may throw
     * @param findings what an answer means
     */
    public Probe(String name, Supplier<T> question, Function<T, List<Check>> findings, LongSupplier nanoTime) {
        this.name = name;
        this.question = question;
        this.findings = findings;
        this.nanoTime = nanoTime;
        this.bornNanos = nanoTime.getAsLong();
        this.thread = new Thread(this::askAgainAndAgain, "health-" + name);
        thread.setDaemon(true);
    }

    public Probe<T> start() {
        thread.start();
        return this;
    }

    private void askAgainAndAgain() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep((ask() ? PAUSE_WHEN_WELL : PAUSE_WHEN_UNWELL).toMillis());
            }
        } catch (InterruptedException e) {
            log.debug("The probe of {} ends", name);
        }
    }

    /** True if all is well. */
    boolean ask() {
        try {
            T value = question.get();
            List<Check> checks = findings.apply(value);
            latest = new Answer<>(value, checks, nanoTime.getAsLong());
            failure = "";
            return checks.stream().allMatch(Check::ok);
        } catch (RuntimeException e) {
            if (failure.isEmpty()) {
                log.warn("The probe of {} failed", name, e);
            }
            failure = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** The latest answer, however old. */
    public Optional<T> latest() {
        return Optional.ofNullable(latest).map(Answer::value);
    }

    @Override
    public List<Check> current() {
        Answer<T> answer = latest;
        long age = Duration.ofNanos(nanoTime.getAsLong() - (answer == null ? bornNanos : answer.nanos()))
                .toMillis();
        if (!failure.isEmpty()) {
            return List.of(Check.of(name, "the probe failed: " + failure).aged(age));
        }
        if (answer == null) {
            return List.of(Check.of(name, "no answer yet").aged(age));
        }
        if (age > STALE.toMillis()) {
            return List.of(Check.of(name, "no answer for " + age + " ms").aged(age));
        }
        return answer.checks().stream().map(check -> check.aged(age)).toList();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
