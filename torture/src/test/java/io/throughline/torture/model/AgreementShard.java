package io.throughline.torture.model;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.schema.SchemaMigration;
import io.throughline.mapstore.statement.MapTable;
import io.throughline.mapstore.writer.WriterStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real shard with rows as the model describes them. */
final class AgreementShard implements AutoCloseable {

    static final MapTable KV = MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 100));
    static final WriterStamp STAMP = new WriterStamp(new UUID(1, 2), 0);

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private final LocalShards shards;
    private final Connection connection;

    AgreementShard(Path folder) throws IOException, SQLException {
        shards = LocalShards.start(LocalShardsConfig.in(folder.resolve("data"))
                .withShards(1)
                .withFirstPort(24_000 + (int) (ProcessHandle.current().pid() % 800) * 10));
        migrate(folder);
        connection = shards.connect(shards.shard("shard-1").primary());
        execute("INSERT INTO throughline.writer (member) VALUES ('" + STAMP.member() + "')");
    }

    private void migrate(Path folder) throws IOException {
        List<String> hosts = shards.shard("shard-1").hosts().stream()
                .map(host -> '"' + host + '"')
                .toList();
        Path yaml = Files.writeString(folder.resolve("throughline.yaml"), """
                database: {password-file: %s}
                migration: {password-file: %s}
                shards: {shard-1: {hosts: %s}}
                maps: {kv: {value-format: text}}
                """.formatted(
                        shards.secrets().application(), shards.secrets().owner(), hosts));
        SchemaMigration.migrate(new GridConfigReader().read(yaml));
    }

    static RowOperation operation(Verb verb, String key) {
        return new RowOperation(verb, "kv", key, 0, "shard-1");
    }

    Connection connection() {
        return connection;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Milliseconds since 1970, on its clock. */
    long now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + NOW)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Puts these rows in place of all that are there. */
    void holds(Map<String, Row> rows) throws SQLException {
        execute("TRUNCATE " + KV.name());
        String sql = "INSERT INTO " + KV.name()
                + " (key, partition, value, not_before, attempts, written_at) VALUES (?, 0, ?, ?, ?, clock_timestamp())";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, Row> entry : rows.entrySet()) {
                Row row = entry.getValue();
                if (row.exists()) {
                    insert.setString(1, entry.getKey());
                    insert.setString(2, row.present() ? "before" : null);
                    insert.setLong(3, row.notBefore());
                    insert.setArray(
                            4,
                            row.attempts().isEmpty()
                                    ? null
                                    : connection.createArrayOf(
                                            "int8", row.attempts().toArray()));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** What is there now. What was taken since {@code begun} counts as taken then, as the model's clock stands still. */
    Map<String, Row> rows(long begun) throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT key, value, not_before, attempts FROM " + KV.name())) {
            while (row.next()) {
                List<Long> attempts = new ArrayList<>();
                if (row.getArray(4) != null) {
                    for (Long each : (Long[]) row.getArray(4).getArray()) {
                        attempts.add(Math.min(each, begun));
                    }
                }
                rows.put(
                        row.getString(1),
                        new Row(true, row.getString(2) != null, row.getLong(3), List.copyOf(attempts)));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        shards.close();
    }
}
