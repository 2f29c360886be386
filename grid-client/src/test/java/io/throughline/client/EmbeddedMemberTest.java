package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.mapstore.Throughline;
import io.throughline.member.SharedGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The resilient map over a member in the application's own JVM. */
@ExtendWith(SharedGrid.Once.class)
class EmbeddedMemberTest {

    @Test
    void a_member_serves_its_own_and_the_others_keys_and_falls_back_like_a_client(SharedGrid grid) throws Exception {
        Path folder = grid.configDirectory();
        Config config = Config.loadFromFile(folder.resolve("hazelcast.yaml").toFile());
        HazelcastInstance member =
                Throughline.open(folder.resolve("throughline.yaml")).join(config);
        try (ResilientGrid resilient =
                ResilientGrid.open(member, TestClient.settings(grid, ""), new SimpleMeterRegistry())) {
            ResilientMap<String> kv = resilient.map("kv");
            List<String> keys = Stream.generate(grid::freshKey).limit(50).toList();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> keys.stream().allMatch(key -> kv.put(key, "v") == ServedBy.CACHE));
            keys.forEach(key -> assertThat(grid.client().getMap("kv").get(key)).isEqualTo("v"));

            grid.member(1).pause();
            keys.forEach(key -> kv.put(key, "w"));
            keys.forEach(key -> assertThat(kv.get(key).value()).isEqualTo("w"));
            grid.restore();
            keys.forEach(key -> assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                    .isEqualTo("w"));
            assertThat(kv.remove(keys.get(0))).isEqualTo(ServedBy.SHARD);
            assertThat(grid.client().getMap("kv").get(keys.get(0))).isNull();
        } finally {
            member.shutdown();
            grid.restore();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(grid.client().getCluster().getMembers()).hasSize(3));
    }
}
