package io.throughline.torture;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.client.ResilientGrid;
import io.throughline.torture.clients.Children;
import io.throughline.torture.clients.LocalClient;
import io.throughline.torture.clients.MapCalls;
import io.throughline.torture.clients.ResilientCalls;
import io.throughline.torture.clients.RunClock;
import io.throughline.torture.clients.Seat;
import io.throughline.torture.grid.TortureGrid;
import io.throughline.torture.history.ClientKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens clients of one grid, as its applications would. */
final class Roster {

    static final String MAP = "kv";

    private final TortureGrid grid;
    private final RunClock clock;
    private final Children children;
    private final AtomicInteger numbers = new AtomicInteger();

    Roster(TortureGrid grid, RunClock clock, Children children) {
        this.grid = grid;
        this.clock = clock;
        this.children = children;
    }

    Seat open(ClientKind kind) {
        return switch (kind) {
            case PLAIN -> plain();
            case RESILIENT -> resilient();
            case EMBEDDED -> children.embedded(grid, MAP, numbers::incrementAndGet, clock);
            case PYTHON -> children.python(grid, MAP, numbers::incrementAndGet, clock);
        };
    }

    private Seat plain() {
        HazelcastInstance client = connect();
        return Seat.of(new LocalClient(
                numbers.incrementAndGet(),
                ClientKind.PLAIN,
                new MapCalls(client.getMap(MAP)),
                clock,
                client::shutdown));
    }

    private Seat resilient() {
        HazelcastInstance client = connect();
        ResilientGrid resilient =
                ResilientGrid.open(client, grid.local().directory().throughlineYaml(), new SimpleMeterRegistry());
        return Seat.of(new LocalClient(
                numbers.incrementAndGet(), ClientKind.RESILIENT, new ResilientCalls(resilient.map(MAP)), clock, () -> {
                    resilient.close();
                    client.shutdown();
                }));
    }

    private HazelcastInstance connect() {
        try {
            ClientConfig config = new YamlClientConfigBuilder(grid.clientYaml().toString()).build();
            // The clients share this JVM's cores with the nemesis: an operation that waits longer has no answer.
            config.setProperty("hazelcast.client.invocation.timeout.seconds", "30");
            config.setProperty("hazelcast.logging.type", "none");
            config.getMetricsConfig().setEnabled(false);
            return HazelcastClient.newHazelcastClient(config);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("the grid has no client configuration", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the grid's client configuration can't be read", e);
        }
    }
}
