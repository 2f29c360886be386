package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.localpostgres.Shard;
import io.throughline.member.SharedGrid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a grid's maps as SQL shows them, wherever they stand. */
final class Rows {

    /** A row, and the shard that it was found on. */
    record Row(String shard, String key, int partition, Object value, boolean guarded, double ageSeconds) {}

    private static final String NO_VALUE = "no value";

    private final SharedGrid grid;

    Rows(SharedGrid grid) {
        this.grid = grid;
    }

    /** The key has a row of this value, just written, on the shard of its partition and on no other. */
    void assertRow(String map, String key, Object value) {
        List<Row> rows = of(map, List.of(key));
        assertThat(rows).extracting(Row::shard).containsExactly(shardOf(key));
        Row row = rows.get(0);
        assertThat(row.partition()).isEqualTo(partition(key));
        assertThat(row.value()).isEqualTo(column(value));
        assertThat(row.guarded())
                .as("a plain write leaves the row's guards as they are")
                .isFalse();
        assertThat(row.ageSeconds()).isBetween(0.0, 60.0);
    }

    void assertNoRow(String map, String key) {
        assertThat(of(map, List.of(key))).isEmpty();
    }

    /** The value of each key that has a row. No key has two, and each stands where it belongs. */
    Map<String, Object> values(String map, Collection<String> keys) {
        Map<String, Object> values = new HashMap<>();
        for (Row row : of(map, keys)) {
            assertThat(values.put(row.key(), row.value()))
                    .as("another row of %s", row.key())
                    .isNull();
            assertThat(row.partition()).isEqualTo(partition(row.key()));
        }
        return values;
    }

    List<Row> of(String map, Collection<String> keys) {
        List<Row> rows = new ArrayList<>();
        for (Shard shard : grid.shards().shards()) {
            try (Connection connection = grid.shards().connect(shard.primary());
                    PreparedStatement query = connection.prepareStatement(select(map))) {
                query.setArray(1, connection.createArrayOf("text", keys.toArray()));
                read(shard.name(), query, rows);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
        return rows;
    }

    private static void read(String shard, PreparedStatement query, List<Row> rows) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Object value = row.getObject(3);
                rows.add(new Row(
                        shard,
                        row.getString(1),
                        row.getInt(2),
                        value == null ? NO_VALUE : value,
                        row.getBoolean(4),
                        row.getDouble(5)));
            }
        }
    }

    private static String select(String map) {
        return """
                SELECT key, partition, value%s, not_before <> 0 OR attempts IS NOT NULL,
                       extract(epoch FROM clock_timestamp() - written_at)
                FROM %s.entries WHERE key = ANY (?)""".formatted(map.equals("documents") ? "::text" : "", map);
    }

    long count(String map) {
        return grid.shards().shards().stream()
                .mapToLong(shard -> grid.sql(shard.name()).count("SELECT count(*) FROM " + map + ".entries"))
                .sum();
    }

    /** Changes a row behind the grid's back, so that a refill can be told from what was in memory. */
    void overwrite(String map, String key, String value) {
        int rows = grid.sqlOf(key).update("UPDATE " + map + ".entries SET value = ? WHERE key = ?", value, key);
        assertThat(rows).isEqualTo(1);
    }

    /** The shard that shard_map names for the partition that the client computes. */
    String shardOf(Object key) {
        return grid.sql("shard-1")
                .one("SELECT shard FROM throughline.shard_map WHERE ?::smallint = ANY (partitions)", partition(key))
                .toString();
    }

    int partition(Object key) {
        return grid.client().getPartitionService().getPartition(key).getPartitionId();
    }

    private static Object column(Object value) {
        return value instanceof HazelcastJsonValue json ? json.toString() : value;
    }
}
