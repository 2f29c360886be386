package io.throughline.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the cache that a row has changed. An eviction that fails is sent again for a while; the key stays in the overlay
 * until one was answered, as what the owner had under way before may still put the older value into memory.
 *
 * <p>Each write sends its own at once, as the owner runs it before it is answered: that can take until a stalled backup is
 * dropped. Without any member each waits in Hazelcast for two minutes, so their number is bounded; a key beyond that is left
 * to its time to live. Thread-safe.
 */
final class Invalidations {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** By then a silent owner has been dropped, and what it held has expired. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private final Evictor evictor;
    private final Overlay overlay;
    private final ScheduledExecutorService timer;
    private final AtomicInteger unanswered = new AtomicInteger();

    Invalidations(Evictor evictor, Overlay overlay, ScheduledExecutorService timer) {
        this.evictor = evictor;
        this.overlay = overlay;
        this.timer = timer;
    }

    /** From now on this client reads the key from its shard. Completes when the cache has been told, or never could be. */
    CompletableFuture<Void> of(String map, String key) {
        if (unanswered.incrementAndGet() > MOST) {
            unanswered.decrementAndGet();
            overlay.add(map, key);
            return CompletableFuture.completedFuture(null);
        }
        overlay.evictionBegins(map, key);
        CompletableFuture<Void> told = new CompletableFuture<>();
        Stages.whenDone(told, (done, failure) -> {
            overlay.evictionEnds(map, key);
            unanswered.decrementAndGet();
        });
        tell(map, key, System.nanoTime() + PATIENCE.toNanos(), told);
        return told;
    }

    private void tell(String map, String key, long deadlineNanos, CompletableFuture<Void> told) {
        Stages.whenDone(evict(map, key), (evicted, failure) -> {
            if (failure == null || System.nanoTime() - deadlineNanos >= 0) {
                told.complete(null);
            } else {
                again(map, key, deadlineNanos, told);
            }
        });
    }

    private CompletableFuture<?> evict(String map, String key) {
        try {
            return evictor.evict(map, key);
        } catch (RuntimeException notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
    }

    private void again(String map, String key, long deadlineNanos, CompletableFuture<Void> told) {
        try {
            var unused =
                    timer.schedule(() -> tell(map, key, deadlineNanos, told), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            told.complete(null);
        }
    }
}
