package io.throughline.client;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.direct.DirectGrid;
import java.nio.file.Path;

/**
 * A grid as an application uses it that must not wait for a slow member.
 *
 * <pre>{@code
 * HazelcastInstance hazelcast = HazelcastClient.newHazelcastClient();
 * ResilientGrid grid = ResilientGrid.open(hazelcast, Path.of("throughline.yaml"));
 * ResilientMap<String> kv = grid.map("kv");
 * }</pre>
 *
 * <p>Thread-safe. One for an application: its connections, breakers and overlay are shared by all its maps.
 */
public final class ResilientGrid implements AutoCloseable {

    private final HazelcastInstance hazelcast;
    private final DirectGrid shards;
    private final Fallbacks fallbacks;

    private ResilientGrid(HazelcastInstance hazelcast, DirectGrid shards, MeterRegistry meters) {
        this.hazelcast = hazelcast;
        this.shards = shards;
        this.fallbacks = new Fallbacks(hazelcast, shards, meters);
    }

    /** As {@link #open(HazelcastInstance, Path, MeterRegistry)}, with Micrometer's global registry. */
    public static ResilientGrid open(HazelcastInstance hazelcast, Path throughlineYaml) {
        return open(hazelcast, throughlineYaml, Metrics.globalRegistry);
    }

    /**
     * Reads the configuration and asks a shard which of them owns what.
     *
     * @param hazelcast a client or a member; stays the caller's to shut down
     * @param throughlineYaml as the members', without {@code migration}: a client has no use for the owner's password
     * @throws GridConfigException if the file can't be used as it is
     * @throws StartRefusedException if no shard answers within {@code connections.start-timeout}, or none of this grid does
     */
    public static ResilientGrid open(HazelcastInstance hazelcast, Path throughlineYaml, MeterRegistry meters) {
        DirectGrid shards = DirectGrid.open(new GridConfigReader().read(throughlineYaml), meters);
        return new ResilientGrid(hazelcast, shards, meters);
    }

    /**
     * @param <V> as the map's {@code value-format} has it: {@code String} for text, {@code HazelcastJsonValue} for json,
     *     {@code byte[]} for binary; another type is refused by the first operation that meets it
     * @throws GridConfigException if throughline.yaml has no such map
     */
    public <V> ResilientMap<V> map(String name) {
        return new ResilientMap<>(hazelcast.getMap(name), shards.map(name), fallbacks);
    }

    /**
     * Lets in no more, waits for the outcome of what is under way, then closes the connections; leaves the Hazelcast instance
     * alone. Takes as long as {@code fallback.direct-timeout} where a shard doesn't answer. Idempotent.
     */
    @Override
    public void close() {
        fallbacks.close();
        shards.close();
    }
}
