package io.throughline.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cache that a row has changed. An eviction that fails is sent again for a while; the key stays in the overlay
 * until one was answered, as what the owner had under way before may still put the older value into memory.
 *
 * <p>One eviction of a key at a time, and a bounded number of keys: without any member each would wait in Hazelcast for two
 * minutes. A key beyond that is left to its time to live. Thread-safe.
 */
final class Invalidations {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** By then a silent owner has been dropped, and what it held has expired. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_KEYS = 10_000;

    private record MapKey(String map, String key) {}

    private final Evictor evictor;
    private final Overlay overlay;
    private final ScheduledExecutorService timer;
    private final ConcurrentMap<MapKey, Pending> pending = new ConcurrentHashMap<>();

    Invalidations(Evictor evictor, Overlay overlay, ScheduledExecutorService timer) {
        this.evictor = evictor;
        this.overlay = overlay;
        this.timer = timer;
    }

    /** From now on this client reads the key from its shard. Completes when the cache has been told, or never could be. */
    CompletableFuture<Void> of(String map, String key) {
        if (pending.size() >= MOST_KEYS) {
            overlay.add(map, key);
            return CompletableFuture.completedFuture(null);
        }
        overlay.evictionBegins(map, key);
        MapKey mapKey = new MapKey(map, key);
        Pending own = new Pending(mapKey);
        // What is under way was sent before this write; its end sends this one.
        Pending first = pending.compute(mapKey, (same, running) -> running == null ? own : running.with(own));
        if (first == own) {
            own.start();
        }
        return own.told;
    }

    /** One eviction, and the one that waits for it. */
    private final class Pending {

        private final MapKey entry;
        private final CompletableFuture<Void> told = new CompletableFuture<>();
        private volatile long deadline;
        private @Nullable Pending next;

        Pending(MapKey entry) {
            this.entry = entry;
            Stages.whenDone(told, (done, failure) -> overlay.evictionEnds(entry.map(), entry.key()));
        }

        /** Of several that wait one is sent, after the last of their writes. */
        Pending with(Pending later) {
            if (next == null) {
                next = later;
            } else {
                Pending waiting = next;
                Stages.whenDone(waiting.told, (done, failure) -> later.told.complete(null));
            }
            return this;
        }

        void start() {
            deadline = System.nanoTime() + PATIENCE.toNanos();
            tell();
        }

        private void tell() {
            Stages.whenDone(evict(), (evicted, failure) -> {
                if (failure == null || System.nanoTime() - deadline >= 0) {
                    end();
                } else {
                    again();
                }
            });
        }

        private CompletableFuture<?> evict() {
            try {
                return evictor.evict(entry.map(), entry.key());
            } catch (RuntimeException notSent) {
                return CompletableFuture.failedFuture(notSent);
            }
        }

        private void again() {
            try {
                var unused = timer.schedule(this::tell, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                end();
            }
        }

        private void end() {
            Pending following = pending.compute(entry, (same, running) -> next);
            told.complete(null);
            if (following != null) {
                following.start();
            }
        }
    }
}
