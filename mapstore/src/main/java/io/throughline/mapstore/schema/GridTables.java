package io.throughline.mapstore.schema;

import static java.util.stream.Collectors.joining;

import io.throughline.mapstore.routing.ShardMap;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements on {@code throughline.grid} and {@code throughline.shard_map}. */
final class GridTables {

    static final String SCHEMA = "throughline";

    // From the catalog, as to_regclass fails where the schema's USAGE is missing.
    private static final String EXISTS = """
            SELECT count(*) = 2
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = 'throughline' AND relname IN ('grid', 'shard_map')
            """;

    private static final String READ_IDENTITY = "SELECT grid_id, shard, made_at IS NOT NULL FROM throughline.grid";

    private static final String READ_SHARD_MAP =
            "SELECT shard, partition_count, partitions FROM throughline.shard_map ORDER BY shard COLLATE \"C\"";

    // Both tables or neither. The index on grid lets one row in: whoever comes second waits for the first to commit,
    // and
    // then writes nothing.
    private static final String WRITE = """
            WITH identity AS (
                INSERT INTO throughline.grid (grid_id, shard) VALUES (?, ?)
                ON CONFLICT DO NOTHING
                RETURNING 1
            )
            INSERT INTO throughline.shard_map (shard, partition_count, partitions)
            SELECT owned.shard, ?, owned.partitions::smallint[]
            FROM identity, unnest(?, ?) AS owned (shard, partitions)
            """;

    private static final String MARK_MADE = "UPDATE throughline.grid SET made_at = now() WHERE made_at IS NULL";

    private GridTables() {}

    static GridRecord read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(EXISTS)) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    return GridRecord.NONE;
                }
            }
            return new GridRecord(identity(statement), shardMap(statement));
        }
    }

    private static Optional<ShardIdentity> identity(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(READ_IDENTITY)) {
            return rows.next()
                    ? Optional.of(
                            new ShardIdentity(rows.getObject(1, UUID.class), rows.getString(2), rows.getBoolean(3)))
                    : Optional.empty();
        }
    }

    private static List<ShardMapRow> shardMap(Statement statement) throws SQLException {
        List<ShardMapRow> shardMap = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(READ_SHARD_MAP)) {
            while (rows.next()) {
                Array partitions = rows.getArray(3);
                List<Integer> numbers = Arrays.stream((Short[]) partitions.getArray())
                        .map(Short::intValue)
                        .toList();
                shardMap.add(new ShardMapRow(rows.getString(1), rows.getInt(2), numbers));
            }
        }
        return shardMap;
    }

    /** @return false if the shard had an identity already; then nothing is changed */
    static boolean write(Connection connection, UUID gridId, String shard, ShardMap shardMap) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setObject(1, gridId);
            statement.setString(2, shard);
            statement.setInt(3, shardMap.partitionCount());
            statement.setArray(4, texts(connection, shardMap.shards()));
            statement.setArray(5, texts(connection, partitions(shardMap)));
            return statement.executeUpdate() > 0;
        }
    }

    private static Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /** Each shard's partitions as PostgreSQL writes an array, as {@code unnest} would flatten arrays of arrays. */
    private static List<String> partitions(ShardMap shardMap) {
        return shardMap.shards().stream()
                .map(shard -> shardMap.partitionsOf(shard).stream()
                        .map(String::valueOf)
                        .collect(joining(",", "{", "}")))
                .toList();
    }

    /** On the shard that decides, once every other has its row. Returns false if that was noted already. */
    static boolean markMade(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(MARK_MADE) > 0;
        }
    }
}
