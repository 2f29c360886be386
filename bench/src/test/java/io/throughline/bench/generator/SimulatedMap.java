package io.throughline.bench.generator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A map in memory that answers after a while, and can be told to fail, to stand still, or to lie. */
public final class SimulatedMap implements Target, AutoCloseable {

    private final Map<String, String> entries = new ConcurrentHashMap<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final long answerMicros;
    volatile Predicate<String> losesPutsOf = key -> false;
    volatile @Nullable RuntimeException failure;
    private volatile long stillUntil;
    private long serviceMicros;
    private long busyUntilMicros;

    public SimulatedMap(Duration answersAfter) {
        this.answerMicros = TimeUnit.NANOSECONDS.toMicros(answersAfter.toNanos());
    }

    /** Answers no more than this in a second. */
    public SimulatedMap limitedTo(int operationsPerSecond) {
        serviceMicros = TimeUnit.SECONDS.toMicros(1) / operationsPerSecond;
        return this;
    }

    /** Answers nothing for this long from now. */
    void standStill(Duration time) {
        stillUntil = System.nanoTime() + time.toNanos();
    }

    @Override
    public CompletionStage<?> put(String key, String value) {
        return answer(() -> {
            if (!losesPutsOf.test(key)) {
                entries.put(key, value);
            }
            return "";
        });
    }

    @Override
    public CompletionStage<@Nullable String> get(String key) {
        return answer(() -> entries.get(key));
    }

    private interface Answer {
        @Nullable
        String now();
    }

    private CompletableFuture<@Nullable String> answer(Answer answer) {
        CompletableFuture<@Nullable String> promise = new CompletableFuture<>();
        long still = TimeUnit.NANOSECONDS.toMicros(stillUntil - System.nanoTime());
        var unused = later.schedule(
                () -> {
                    RuntimeException error = failure;
                    return error == null ? promise.complete(answer.now()) : promise.completeExceptionally(error);
                },
                Math.max(answerMicros + queue(), still),
                TimeUnit.MICROSECONDS);
        return promise;
    }

    private synchronized long queue() {
        long now = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        busyUntilMicros = Math.max(now, busyUntilMicros) + serviceMicros;
        return busyUntilMicros - now;
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
