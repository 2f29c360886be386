package io.throughline.torture.nemesis;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.cli.LocalGrid;
import io.throughline.torture.workload.Workload;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks keys that clients of every kind use. Puts and evictions wait for the lock and reads don't, so what a resilient client writes
 * past the cache meanwhile is older in memory until the lock is given back.
 */
final class LockKeys implements FaultInjector {

    private static final Logger LOG = LoggerFactory.getLogger(LockKeys.class);

    /** More, and the resilient clients take the members for slow and ask them no more. */
    private static final int KEYS = 2;

    private final LocalGrid grid;
    private final String map;
    private final LongSupplier clock;
    private @Nullable HazelcastInstance holder;
    private List<String> held = List.of();

    /** @param clock ns since the run began */
    LockKeys(LocalGrid grid, String map, LongSupplier clock) {
        this.grid = grid;
        this.map = map;
        this.clock = clock;
    }

    @Override
    public String begin(int target) {
        ClientConfig config = grid.clientConfig();
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "5"); // where another fault is under way
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        holder = client;
        IMap<String, String> locked = client.getMap(map);
        List<String> keys = IntStream.range(0, KEYS)
                .mapToObj(key -> Workload.SHARED_REGISTER.lasting((target + key) % Workload.SLOTS, clock.getAsLong()))
                .toList();
        held = keys;
        keys.forEach(locked::lock);
        return String.join(", ", keys);
    }

    /** By the thread that has the locks. Left to the members, with the overlay taken out, a read was 8.5 s behind (docs/torture.md). */
    @Override
    public void heal() {
        HazelcastInstance client = holder;
        if (client != null) {
            try {
                held.forEach(client.getMap(map)::unlock);
            } catch (RuntimeException notHeld) {
                // As where the lock was never had; the members give back what is left.
                LOG.debug("a lock was not given back", notHeld);
            }
            client.shutdown();
            holder = null;
        }
    }
}
