package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class LocalShardsTest {

    @Test
    void a_row_survives_a_stop_and_the_kill_of_every_node() throws SQLException {
        try (TestFolder folder = new TestFolder()) {
            LocalShardsConfig config = LocalShardsConfig.in(folder.root()).withShards(1);
            try (LocalShards shards = LocalShards.start(config)) {
                run(shards, "CREATE TABLE kept (value int)");
                run(shards, "INSERT INTO kept VALUES (1)");
            }
            try (LocalShards shards = LocalShards.start(config)) {
                run(shards, "INSERT INTO kept VALUES (2)");
                shards.shard("shard-1").nodes().forEach(shards::kill);
            }
            try (LocalShards shards = LocalShards.start(config)) {
                for (Node node : shards.shard("shard-1").nodes()) {
                    assertThat(sum(shards, node)).as(node.id()).isEqualTo(3);
                }
            }
        }
    }

    private static void run(LocalShards shards, String sql) throws SQLException {
        try (Connection connection = shards.connect(shards.shard("shard-1").primary());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int sum(LocalShards shards, Node node) throws SQLException {
        try (Connection connection = shards.connect(node);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(value) FROM kept")) {
            row.next();
            return row.getInt(1);
        }
    }
}
