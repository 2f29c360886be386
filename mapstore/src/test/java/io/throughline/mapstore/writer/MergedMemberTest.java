package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An application's member is left alone, and the others start again one by one. They don't know its address, and it finds them:
 * two of one member each merge, and the one whose address comes first in the alphabet stays.
 */
@ExtendWith(SharedShards.class)
class MergedMemberTest {

    private static final List<String> SHARDS = List.of("shard-1", "shard-2");
    private static final Duration MERGES_WITHIN = Duration.ofMinutes(1);

    /**
     * Without the new identity each newcomer ends when it has merged, to start again alone. Were the lonely one shown as living,
     * they would give way to another grid.
     */
    @Test
    void a_member_that_has_written_nothing_goes_on_with_the_identity_that_a_merge_gives_it(GridDatabase database)
            throws SQLException {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1, yaml -> yaml.replace("members: 1", "members: 2"))) {
            HazelcastInstance left = grid.member(0);

            HazelcastInstance newcomer = grid.joinUnawareOfTheFirst();
            await().atMost(MERGES_WITHIN)
                    .until(() -> newcomer.getCluster().getMembers().size() == 2);
            grid.awaitSafe();
            for (String shard : SHARDS) {
                // The merge may have come before the newcomer had a row under its first identity.
                await().untilAsserted(() -> assertThat(unfenced(database, shard))
                        .containsExactlyInAnyOrder(identity(left), identity(newcomer)));
                for (HazelcastInstance owner : List.of(left, newcomer)) {
                    String key = grid.keyOn(owner, shard);
                    newcomer.<String, String>getMap("kv").set(key, "written");
                    assertThat(left.<String, String>getMap("kv").get(key)).isEqualTo("written");
                    assertThat(database.query(shard, "SELECT value FROM kv.entries WHERE key = '" + key + "'"))
                            .containsExactly("written");
                }
            }
        }
    }

    private static List<String> unfenced(GridDatabase database, String shard) throws SQLException {
        return database.query(shard, "SELECT member FROM throughline.writer WHERE NOT fenced");
    }

    private static String identity(HazelcastInstance member) {
        return member.getCluster().getLocalMember().getUuid().toString();
    }
}
