package io.throughline.client;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.UnknownOutcomeException;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client counts, in the application's own registry. Thread-safe. */
final class ClientMeters {

    /** A client's operations, as their meters name them. */
    enum Operation {
        PUT,
        GET,
        REMOVE,
        PUT_IF_ABSENT,
        REPLACE
    }

    private final MeterRegistry registry;

    ClientMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void gauges(Collection<DirectLane> lanes, MemberBreakers breakers, Overlay overlay) {
        lanes.forEach(lane -> Gauge.builder("throughline.client.direct.waiting", lane, DirectLane::waiting)
                .description("operations that wait for a connection to the shard")
                .tag("shard", lane.shard())
                .register(registry));
        Gauge.builder("throughline.client.breakers.open", breakers, MemberBreakers::open)
                .description("members known to be slow, for each shard, for reads and writes")
                .register(registry);
        Gauge.builder("throughline.client.overlay.keys", overlay, Overlay::size)
                .description("keys that are read from their shards")
                .register(registry);
    }

    void done(Operation operation, long begunNanos, @Nullable ServedBy servedBy, @Nullable Throwable failure) {
        Timer.builder("throughline.client.operation")
                .description("operations of the resilient map")
                .tag("operation", lower(operation))
                .tag("served", servedBy == null ? "none" : lower(servedBy))
                .tag("outcome", outcome(failure))
                .register(registry)
                .record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS);
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "done";
        }
        return failure instanceof ThroughlineException && !(failure instanceof UnknownOutcomeException)
                ? "refused"
                : "unknown";
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
