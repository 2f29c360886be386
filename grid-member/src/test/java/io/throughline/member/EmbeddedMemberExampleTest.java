package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.Throughline;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of docs/embedded.md: this JVM is the application, and a member of the grid itself. */
@ExtendWith(SharedGrid.Once.class)
class EmbeddedMemberExampleTest {

    @Test
    void an_application_is_a_member_with_three_lines(SharedGrid grid) throws Exception {
        Path folder = grid.configDirectory();

        Config config = Config.loadFromFile(folder.resolve("hazelcast.yaml").toFile());
        HazelcastInstance member =
                Throughline.open(folder.resolve("throughline.yaml")).join(config);
        IMap<String, String> kv = member.getMap("kv");

        try {
            String key = grid.freshKey();
            kv.set(key, "from the application");

            assertThat(member.getCluster().getMembers()).hasSize(4);
            assertThat(grid.client().getMap("kv").get(key)).isEqualTo("from the application");
            assertThat(grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                    .isEqualTo("from the application");
        } finally {
            member.shutdown();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(grid.client().getCluster().getMembers()).hasSize(3));
    }
}
