package io.throughline.client;

import com.hazelcast.map.IMap;
import io.throughline.client.ClientMeters.Operation;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.direct.DirectMap;
import io.throughline.mapstore.direct.DirectOperation;
import io.throughline.mapstore.direct.DirectOutcome;
import io.throughline.mapstore.direct.DirectRead;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map of the grid that waits a short time for the cache and then goes to the shard itself.
 *
 * <p><b>Promises.</b> What this client wrote, it reads. What it was told is written survives the loss of any machine. Nothing
 * that it gave up on can overwrite what was acknowledged later. Other clients see what it wrote through the cache at once,
 * and what it wrote directly at the latest when the maps' time to live (5 s) has passed.
 *
 * <p><b>Times.</b> An operation waits {@code fallback.cache-timeout} for the cache (250 ms), and {@code
 * fallback.direct-timeout} for the shard (15 s), which rides through a failover.
 *
 * <p><b>Errors.</b> {@link RefusedException}: nothing was stored, and nothing will be. {@link UnknownOutcomeException}: it may
 * be stored, now or later. A null key or value is a {@link NullPointerException}, before anything is sent. Async forms complete
 * with them; stages that are chained without an executor run on threads that
 * all operations of this client share, and must not block.
 *
 * <p>Thread-safe.
 *
 * @param <V> {@code String}, {@code HazelcastJsonValue} or {@code byte[]}, by the map's {@code value-format}
 */
public final class ResilientMap<V> {

    private final IMap<String, Object> map;
    private final DirectMap rows;
    private final Fallbacks fallbacks;

    ResilientMap(IMap<String, Object> map, DirectMap rows, Fallbacks fallbacks) {
        this.map = map;
        this.rows = rows;
        this.fallbacks = fallbacks;
    }

    /** @param key 1 to 512 bytes of UTF-8 */
    public ServedBy put(String key, V value) {
        return join(startPut(key, value));
    }

    /** As {@link #put}. */
    public CompletionStage<ServedBy> putAsync(String key, V value) {
        return staged(() -> startPut(key, value));
    }

    public Reading<V> get(String key) {
        return join(startGet(key));
    }

    /** As {@link #get}. */
    public CompletionStage<Reading<V>> getAsync(String key) {
        return staged(() -> startGet(key));
    }

    /** Done by the shard in any case; leaves no value, whether there was one or not. */
    public ServedBy remove(String key) {
        return join(startRemove(key));
    }

    /** As {@link #remove}. */
    public CompletionStage<ServedBy> removeAsync(String key) {
        return staged(() -> startRemove(key));
    }

    /** Decided by the shard. */
    public Decision<V> putIfAbsent(String key, V value) {
        return join(startPutIfAbsent(key, value));
    }

    /** As {@link #putIfAbsent}. */
    public CompletionStage<Decision<V>> putIfAbsentAsync(String key, V value) {
        return staged(() -> startPutIfAbsent(key, value));
    }

    /**
     * Decided by the shard.
     *
     * @param expected compared byte for byte: JSON that means the same and is written otherwise is another value
     */
    public Decision<V> replace(String key, V expected, V value) {
        return join(startReplace(key, expected, value));
    }

    /** As {@link #replace}. */
    public CompletionStage<Decision<V>> replaceAsync(String key, V expected, V value) {
        return staged(() -> startReplace(key, expected, value));
    }

    /**
     * As many puts side by side, each with its own fallback. Not one transaction: where some fail, the others are written, and
     * the first failure is thrown with the others suppressed.
     *
     * @return where each was served, in the order of the entries
     */
    public Map<String, ServedBy> putAll(Map<String, ? extends V> entries) {
        return join(startPutAll(entries));
    }

    /** As {@link #putAll}. */
    public CompletionStage<Map<String, ServedBy>> putAllAsync(Map<String, ? extends V> entries) {
        return staged(() -> startPutAll(entries));
    }

    /**
     * As many gets side by side, each with its own fallback.
     *
     * @return what each found, absent keys too, in the order of the keys
     */
    public Map<String, Reading<V>> getAll(Collection<String> keys) {
        return join(startGetAll(keys));
    }

    /** As {@link #getAll}. */
    public CompletionStage<Map<String, Reading<V>>> getAllAsync(Collection<String> keys) {
        return staged(() -> startGetAll(keys));
    }

    private DirectMap rows() {
        fallbacks.refuseIfClosed();
        return rows;
    }

    private CompletableFuture<ServedBy> startPut(String key, V value) {
        DirectOperation operation = rows().put(key, value);
        return measured(Operation.PUT, new ResilientPut(map, operation, value, fallbacks).start(), served -> served);
    }

    private CompletableFuture<Reading<V>> startGet(String key) {
        DirectRead read = rows().read(key);
        return measured(Operation.GET, new ResilientRead<V>(map, read, fallbacks).start(), Reading::servedBy);
    }

    private CompletableFuture<ServedBy> startRemove(String key) {
        return decided(Operation.REMOVE, rows().remove(key)).thenApply(outcome -> ServedBy.SHARD);
    }

    private CompletableFuture<Decision<V>> startPutIfAbsent(String key, V value) {
        return decided(Operation.PUT_IF_ABSENT, rows().putIfAbsent(key, value)).thenApply(this::decision);
    }

    private CompletableFuture<Decision<V>> startReplace(String key, V expected, V value) {
        return decided(Operation.REPLACE, rows().replace(key, expected, value)).thenApply(this::decision);
    }

    private CompletableFuture<DirectOutcome> decided(Operation name, DirectOperation operation) {
        return measured(
                name, new ResilientDecision(map.getName(), operation, fallbacks).start(), outcome -> ServedBy.SHARD);
    }

    // What the map's value-format makes of a value is what the caller has named as V.
    @SuppressWarnings("unchecked")
    private Decision<V> decision(DirectOutcome outcome) {
        return new Decision<>(outcome.applied(), (V) outcome.current());
    }

    private CompletableFuture<Map<String, ServedBy>> startPutAll(Map<String, ? extends V> entries) {
        // Every entry is checked before one is sent.
        Map<String, ResilientPut> puts = new LinkedHashMap<>();
        entries.forEach((key, value) -> puts.put(key, new ResilientPut(map, rows().put(key, value), value, fallbacks)));
        Map<String, CompletableFuture<ServedBy>> started = new LinkedHashMap<>();
        puts.forEach((key, put) -> started.put(key, measured(Operation.PUT, put.start(), served -> served)));
        return all(started);
    }

    private CompletableFuture<Map<String, Reading<V>>> startGetAll(Collection<String> keys) {
        Map<String, ResilientRead<V>> reads = new LinkedHashMap<>();
        keys.forEach(key -> reads.put(key, new ResilientRead<>(map, rows().read(key), fallbacks)));
        Map<String, CompletableFuture<Reading<V>>> started = new LinkedHashMap<>();
        reads.forEach((key, read) -> started.put(key, measured(Operation.GET, read.start(), Reading::servedBy)));
        return all(started);
    }

    private static <T> CompletableFuture<Map<String, T>> all(Map<String, CompletableFuture<T>> started) {
        return CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new))
                .handle((done, failure) -> {
                    Map<String, T> results = new LinkedHashMap<>();
                    RuntimeException first = null;
                    for (Map.Entry<String, CompletableFuture<T>> each : started.entrySet()) {
                        try {
                            results.put(each.getKey(), join(each.getValue()));
                        } catch (RuntimeException failed) {
                            first = first == null ? failed : withSuppressed(first, failed);
                        }
                    }
                    if (first != null) {
                        throw first;
                    }
                    return results;
                });
    }

    private static RuntimeException withSuppressed(RuntimeException first, RuntimeException other) {
        if (first != other) {
            first.addSuppressed(other);
        }
        return first;
    }

    private <T> CompletableFuture<T> measured(
            Operation operation, CompletableFuture<T> started, Function<T, ServedBy> servedBy) {
        long begun = System.nanoTime();
        return started.whenComplete((result, failure) ->
                fallbacks.meters().done(operation, begun, failure == null ? servedBy.apply(result) : null, failure));
    }

    /** An interrupt does not end the wait, for the outcome would be lost; it is kept for the caller. */
    private static <T> T join(CompletableFuture<T> started) {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private <T> CompletionStage<T> staged(Supplier<CompletableFuture<T>> start) {
        CompletableFuture<T> staged = new CompletableFuture<>();
        try {
            var unused = start.get()
                    .whenCompleteAsync((result, failure) -> complete(staged, result, failure), fallbacks.completions());
        } catch (RuntimeException refused) {
            staged.completeExceptionally(refused);
        }
        return staged;
    }

    private static <T> void complete(CompletableFuture<T> staged, T result, @Nullable Throwable failure) {
        if (failure == null) {
            staged.complete(result);
        } else {
            staged.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
    }
}
