package io.throughline.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cache that a row has changed. An eviction that fails is sent again for a while; the key stays in the overlay
 * until one was answered, as what the owner had under way before may still put the older value into memory. Thread-safe.
 */
final class Invalidations {

    private static final Logger log = LoggerFactory.getLogger(Invalidations.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** By then a silent owner has been dropped, and what it held has expired. */
    private static final int TRIES = 30;

    private final Evictor evictor;
    private final Overlay overlay;
    private final ScheduledExecutorService timer;

    Invalidations(Evictor evictor, Overlay overlay, ScheduledExecutorService timer) {
        this.evictor = evictor;
        this.overlay = overlay;
        this.timer = timer;
    }

    /** From now on this client reads the key from its shard. Completes when the cache has been told, or never could be. */
    CompletableFuture<Void> of(String map, String key) {
        overlay.evictionBegins(map, key);
        CompletableFuture<Void> told = new CompletableFuture<>();
        Stages.whenDone(told, (done, failure) -> overlay.evictionEnds(map, key));
        tell(map, key, 1, told);
        return told;
    }

    private void tell(String map, String key, int attempt, CompletableFuture<Void> told) {
        Stages.whenDone(evict(map, key), (evicted, failure) -> {
            if (failure == null) {
                told.complete(null);
            } else {
                again(map, key, attempt, failure, told);
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

    private void again(String map, String key, int attempt, Throwable failure, CompletableFuture<Void> told) {
        if (attempt == TRIES) {
            log.debug("no member has taken the eviction of a key of {}", map, failure);
            told.completeExceptionally(failure);
            return;
        }
        try {
            var unused =
                    timer.schedule(() -> tell(map, key, attempt + 1, told), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            told.completeExceptionally(failure);
        }
    }
}
