package io.throughline.mapstore.store;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.MapLoaderLifecycleSupport;
import com.hazelcast.map.MapStore;
import com.hazelcast.map.PostProcessingMapStore;
import com.hazelcast.partition.Partition;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.batch.PendingLoad;
import io.throughline.mapstore.batch.PendingWrite;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.InvalidRowException;
import io.throughline.mapstore.row.RowKey;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.RowWrite;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One map's store: each call returns when its row is committed on the shard's quorum, or throws what became of it.
 *
 * <p>Only a partition's owner writes. Hazelcast calls the store on backups too (for {@code setTtl} and {@code clear}),
 * and a backup's late delete could undo an acknowledged put; and it may call it twice for one put when a partition
 * moves, so everything here is idempotent. Thread-safe.
 *
 * <p>Post-processing, which it doesn't do, has Hazelcast keep the object that was given to the store: of an attempt, the
 * plain value that came out of its envelope (docs/attempts.md).
 */
public final class GridMapStore implements MapStore<Object, Object>, PostProcessingMapStore, MapLoaderLifecycleSupport {

    /** How a store that Hazelcast has made finds the grid of its member. */
    @FunctionalInterface
    public interface Wiring {
        MapWiring of(String map, HazelcastInstance hazelcast, Properties properties);
    }

    private final Wiring wiring;
    private volatile @Nullable MapWiring map;

    public GridMapStore(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void init(HazelcastInstance hazelcast, Properties properties, String mapName) {
        map = wiring.of(mapName, hazelcast, properties);
    }

    /** The grid outlives its maps: it ends with the member. */
    @Override
    public void destroy() {}

    private MapWiring map() {
        return Objects.requireNonNull(map, "Hazelcast calls init before anything else");
    }

    @Override
    public void store(Object key, Object value) {
        write(Verb.PUT, key, value);
    }

    /**
     * The rows share commits. Hazelcast's own putAll never calls this in write-through, {@link PutAllTogether} does.
     *
     * <p>Where one fails, others may be stored all the same. No value of them comes to memory then, so what is there is evicted.
     *
     * <p>Only an owner calls it, and it takes its time, in which a partition may go and come back: none is passed over, as all of
     * them come to memory.
     */
    @Override
    public void storeAll(Map<Object, Object> entries) {
        WritesTogether<PendingWrite> writes = together();
        entries.forEach((key, value) -> writes.add(key, () -> pending(Verb.PUT, key, value, map().partitionOf(key))));
        writes.end();
    }

    private WritesTogether<PendingWrite> together() {
        return new WritesTogether<>(this::submit, this::await, map()::evict, PendingWrite::bytes);
    }

    @Override
    public void delete(Object key) {
        if (PrematureDelete.isCalling()) {
            return;
        }
        write(Verb.REMOVE, key, null);
    }

    @Override
    public void deleteAll(Collection<Object> keys) {
        WritesTogether<PendingWrite> writes = together();
        for (Object key : keys) {
            Partition partition = map().partitionOf(key);
            if (ownedHere(partition)) {
                writes.add(key, () -> pending(Verb.REMOVE, key, null, partition));
            }
        }
        writes.end();
    }

    private void write(Verb verb, Object key, @Nullable Object value) {
        Partition partition = map().partitionOf(key);
        PendingWrite write = pending(verb, key, value, partition);
        if (ownedHere(partition)) {
            submit(write);
            await(write, key);
        }
    }

    private PendingWrite pending(Verb verb, Object key, @Nullable Object value, Partition partition) {
        MapWiring map = map();
        RowOperation operation = operation(verb, map, key, partition);
        Attempt attempt = value == null ? null : map.attempts().take(value);
        try {
            RowKey.check(key);
            refuseUnopened(operation, value);
            ColumnValue column = value == null ? null : map.codec().toColumn(value);
            return new PendingWrite(new RowWrite(operation, map.table(), column, attempt), map.writeTimeout());
        } catch (InvalidRowException e) {
            throw ClientErrors.of(invalid(operation, e));
        } catch (ThroughlineException e) {
            throw ClientErrors.of(e);
        }
    }

    private void submit(PendingWrite write) {
        try {
            map().lanesOf(write.partition()).submit(write);
        } catch (ThroughlineException e) {
            // Not evicted, even if an earlier owner may have stored it: a full queue refuses thousands a second,
            // and each would be an operation and a load more.
            throw ClientErrors.of(e);
        }
    }

    private static void refuseUnopened(RowOperation operation, @Nullable Object value) {
        if (value instanceof AttemptEnvelope) {
            throw operation.refused(
                    ErrorCode.ENVELOPE_INVALID,
                    "the value is the envelope of an attempt, which nobody has opened",
                    "Let only the resilient map make envelopes.",
                    null);
        }
    }

    private static boolean ownedHere(Partition partition) {
        Member owner = partition.getOwner();
        return owner != null && owner.localMember();
    }

    private void await(PendingWrite write, Object key) {
        try {
            map().lanesOf(write.partition()).await(write);
        } catch (UnknownOutcomeException e) {
            map().evict(key);
            throw ClientErrors.of(e);
        } catch (ThroughlineException e) {
            throw ClientErrors.of(e);
        }
    }

    @Override
    public @Nullable Object load(Object key) {
        return value(submitLoad(key));
    }

    @Override
    public Map<Object, Object> loadAll(Collection<Object> keys) {
        Map<Object, PendingLoad> loads = new LinkedHashMap<>();
        keys.forEach(key -> loads.put(key, submitLoad(key)));
        Map<Object, Object> values = new HashMap<>();
        loads.forEach((key, load) -> {
            Object value = value(load);
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    private PendingLoad submitLoad(Object key) {
        MapWiring map = map();
        Partition partition = map.partitionOf(key);
        RowOperation operation = operation(Verb.LOAD, map, key, partition);
        try {
            RowKey.check(key);
            PendingLoad load = new PendingLoad(operation, map.table(), map.readTimeout());
            map.lanesOf(partition.getPartitionId()).submit(load);
            return load;
        } catch (InvalidRowException e) {
            throw ClientErrors.of(invalid(operation, e));
        } catch (ThroughlineException e) {
            throw ClientErrors.of(e);
        }
    }

    private @Nullable Object value(PendingLoad load) {
        try {
            load.await();
        } catch (ThroughlineException e) {
            throw ClientErrors.of(e);
        }
        Object column = load.column();
        return column == null ? null : map().codec().fromColumn(column);
    }

    private static RowOperation operation(Verb verb, MapWiring map, Object key, Partition partition) {
        String shard = map.lanesOf(partition.getPartitionId()).shard();
        return new RowOperation(verb, map.table().map(), RowKey.text(key), partition.getPartitionId(), shard);
    }

    private static ThroughlineException invalid(RowOperation operation, InvalidRowException invalid) {
        return operation.refused(invalid.code(), invalid.fault(), "Correct the key or the value.", null);
    }

    /** Nothing is loaded ahead: the cache holds what was lately written or read. */
    @Override
    public @Nullable Iterable<Object> loadAllKeys() {
        return null;
    }
}
