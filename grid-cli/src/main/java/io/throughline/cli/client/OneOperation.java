package io.throughline.cli.client;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.RunningGrid;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation on a map by a client that lives for it. */
public final class OneOperation {

    private OneOperation() {}

    /** @throws CommandFailed if it was refused, or its outcome is unknown */
    public static <R extends @Nullable Object> R on(
            RunningGrid grid, String map, Function<IMap<String, Object>, R> operation) {
        HazelcastInstance client = grid.connectForOneOperation();
        try {
            return operation.apply(client.getMap(map));
        } catch (RuntimeException e) {
            throw Failure.of(e).toCommandFailed(e);
        } finally {
            // The process ends now: no need to say goodbye, which would take longer than the operation.
            client.getLifecycleService().terminate();
        }
    }
}
