package io.throughline.mapstore.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.shard.ShardConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sql/ makes, as the members' role sees it. */
@ExtendWith(SharedShards.class)
@TestInstance(Lifecycle.PER_CLASS)
class EntriesTableTest {

    private static final String INSERT =
            "INSERT INTO kv.entries (key, partition, value, written_at) VALUES (%s, 1, 'v', now())";

    private GridDatabase database;

    @BeforeAll
    void migrate(GridDatabase fresh) {
        database = fresh;
        SchemaMigration.migrate(database.config());
    }

    private void asMember(String sql) throws SQLException {
        GridConfig config = database.config();
        ShardConnections members = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "a test");
        try (Connection connection = members.primaryOf(config.shards().get(0)).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a'", "repeat('a', 512)", "repeat('€', 170)"})
    void a_key_has_up_to_512_bytes(String key) throws SQLException {
        asMember(INSERT.formatted(key));

        assertThat(database.query("shard-1", "SELECT value FROM kv.entries WHERE key = " + key))
                .containsExactly("v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "repeat('a', 513)", "repeat('€', 171)"})
    void an_empty_key_and_one_of_513_bytes_are_refused_by_the_table_itself(String key) {
        assertThatThrownBy(() -> asMember(INSERT.formatted(key)))
                .hasMessageContaining("violates check constraint \"entries_key_check\"");
    }

    @Test
    void a_row_is_updated_without_touching_the_index() throws SQLException {
        asMember(INSERT.formatted("'hot'"));
        for (int update = 0; update < 5; update++) {
            asMember("UPDATE kv.entries SET value = value || 'v', written_at = now() WHERE key = 'hot'");
        }

        await().untilAsserted(() -> assertThat(database.query(
                        "shard-1",
                        "SELECT n_tup_upd || ' ' || n_tup_hot_upd FROM pg_stat_user_tables"
                                + " WHERE schemaname = 'kv' AND relname = 'entries'"))
                .containsExactly("5 5"));
    }

    @Test
    void json_reads_back_byte_for_byte() throws SQLException {
        String json = "{ \"b\":1,  \"a\" : 1.0, \"a\":2 }";
        asMember("INSERT INTO documents.entries (key, partition, value, written_at) VALUES ('a', 1, '" + json
                + "', now())");

        assertThat(database.query("shard-1", "SELECT value FROM documents.entries"))
                .containsExactly(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE kv.entries",
                "DROP TABLE kv.entries",
                "ALTER TABLE kv.entries ADD COLUMN more int",
                "CREATE TABLE kv.more (id int)",
                "CREATE SCHEMA more",
                "UPDATE throughline.grid SET shard = 'shard-2'",
                "DELETE FROM throughline.shard_map",
                "SELECT * FROM kv.flyway_schema_history",
                "CREATE TABLE public.more (id int)",
            })
    void members_read_and_write_rows_and_may_do_nothing_else(String sql) {
        assertThatThrownBy(() -> asMember(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
