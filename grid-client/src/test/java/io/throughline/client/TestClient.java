package io.throughline.client;

import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.member.SharedGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** An application of its own: a Hazelcast client and the resilient maps over it. */
final class TestClient implements AutoCloseable {

    private final HazelcastInstance hazelcast;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ResilientGrid grid;

    private TestClient(HazelcastInstance hazelcast, Path yaml) {
        this.hazelcast = hazelcast;
        this.grid = ResilientGrid.open(hazelcast, yaml, meters);
    }

    static TestClient of(SharedGrid grid) {
        return of(grid, "");
    }

    /** @param more blocks of throughline.yaml */
    static TestClient of(SharedGrid grid, String more) {
        return new TestClient(grid.newClient(), settings(grid, more));
    }

    /** As a client has it: without {@code migration}. */
    static Path settings(SharedGrid grid, String more) {
        Path members = grid.configDirectory().resolve("throughline.yaml");
        try {
            String yaml = Files.readString(members);
            Path file = Files.createTempFile(grid.configDirectory(), "client", ".yaml");
            return Files.writeString(file, yaml + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first operations of a new client take longer than its cache-timeout on a busy machine. */
    TestClient warmUp(SharedGrid grid) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            kv().get(grid.freshKey());
            return Stream.generate(grid::freshKey).limit(50).allMatch(key -> kv().put(key, "warm") == ServedBy.CACHE);
        });
        return this;
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    ResilientGrid grid() {
        return grid;
    }

    ResilientMap<String> kv() {
        return grid.map("kv");
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        grid.close();
        hazelcast.shutdown();
    }
}
