package io.throughline.client;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.config.FallbackConfig;
import io.throughline.mapstore.direct.DirectGrid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What all maps of a client share. Thread-safe. */
final class Fallbacks implements AutoCloseable {

    private final FallbackConfig config;
    private final Map<String, DirectLane> lanes = new LinkedHashMap<>();
    private final MemberBreakers breakers;
    private final Overlay overlay;
    private final Invalidations invalidations;
    private final ClientMeters meters;
    private final ScheduledThreadPoolExecutor timer = newTimer();
    private final ExecutorService completions = newCompletions();

    Fallbacks(HazelcastInstance hazelcast, DirectGrid shards, MeterRegistry registry) {
        this.config = shards.config().fallback();
        shards.shards().forEach(shard -> lanes.put(shard, new DirectLane(shard, config)));
        this.breakers = new MemberBreakers(hazelcast);
        this.overlay = new Overlay(config.overlay());
        this.invalidations = new Invalidations(Evictor.of(hazelcast), overlay, timer);
        this.meters = new ClientMeters(registry);
        meters.gauges(lanes.values(), breakers, overlay);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What comes after it was closed is run by whoever brings it: an outcome must not get lost. */
    private static ExecutorService newCompletions() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "throughline-client"),
                (task, closed) -> task.run());
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "throughline-client-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** @throws RefusedException if this client has been closed */
    void refuseIfClosed() {
        if (timer.isShutdown()) {
            throw new RefusedException(
                    ErrorCode.CLIENT_CLOSED, "this client has been closed. Nothing was sent. Open another.", null);
        }
    }

    FallbackConfig config() {
        return config;
    }

    DirectLane lane(String shard) {
        return Objects.requireNonNull(lanes.get(shard));
    }

    MemberBreakers breakers() {
        return breakers;
    }

    Overlay overlay() {
        return overlay;
    }

    Invalidations invalidations() {
        return invalidations;
    }

    ClientMeters meters() {
        return meters;
    }

    /** Whether a direct operation that began then shows that its shard is well. */
    boolean quick(long begunNanos) {
        return System.nanoTime() - begunNanos < config.cacheTimeout().toNanos();
    }

    /** Runs something short; not at all if it is cancelled before, and at once where this client is being closed. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            task.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Where the stages that an application chains to an operation run, so that they hold up neither Hazelcast nor a lane. */
    Executor completions() {
        return completions;
    }

    @Override
    public void close() {
        timer.shutdown(); // what waits for the cache still goes to its shard in time
        try {
            if (!timer.awaitTermination(config.cacheTimeout().plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.values().forEach(DirectLane::close);
        completions.shutdown();
    }
}
