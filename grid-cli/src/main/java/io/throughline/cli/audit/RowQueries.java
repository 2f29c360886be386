package io.throughline.cli.audit;

import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a map's rows are read on one node, in SQL. Values stay there: what comes is their length and hash. Each query is a
 * short one along the index of the keys, as a standby ends a query that stands in the way of its replay. Thread-safe.
 */
final class RowQueries {

    /**
     * All columns in one number. The key stands last, as it alone may have the separator in it; what is null says so. The
     * hash is the same on all nodes of a shard, which are copies of each other, byte for byte.
     */
    private static final String SIGNATURE = """
            hashtextextended(concat_ws('/', partition, coalesce(md5(%1$s), '-'), not_before, coalesce(attempts::text, '-'),
                extract(epoch FROM written_at), key), 0)""";

    private static final String ROWS = """
            SELECT key, partition, coalesce(octet_length(%1$s), -1), coalesce(md5(%1$s), ''), coalesce(%2$s, ''),
                   (extract(epoch FROM written_at) * 1000000)::bigint,
            """ + SIGNATURE;

    private static final String SUM = "SELECT count(*), coalesce(bit_xor(" + SIGNATURE + "), 0)";

    private static final String ESTIMATE =
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = ?::regclass";

    private static final String OWNERS = "SELECT shard, unnest(partitions) FROM throughline.shard_map";

    private final String rows;
    private final String sum;
    private final String from;
    private final String some;
    private final String table;

    /** @param partitions whose rows are read, by the rows' own word; all where it is empty */
    RowQueries(GridMapConfig map, Collection<Integer> partitions, boolean withBeginning) {
        boolean binary = map.valueFormat() == ValueFormat.BINARY;
        String bytes = binary ? "value" : "value::text";
        String text = binary
                ? "left(encode(substring(value, 1, " + HeldValue.SHOWN + "), 'base64'), " + HeldValue.SHOWN + ")"
                : "left(value::text, " + HeldValue.SHOWN + ")";
        this.rows = ROWS.formatted(bytes, withBeginning ? text : "''");
        this.sum = SUM.formatted(bytes);
        this.table = map.table();
        this.from = "\nFROM " + table + "\nWHERE ";
        this.some = partitions.isEmpty()
                ? ""
                : partitions.stream()
                        .map(String::valueOf)
                        .toList()
                        .toString()
                        .replace("[", " AND partition IN (")
                        .replace("]", ")");
    }

    /** In the order of their keys. */
    List<AuditedRow> page(Connection connection, String after, int limit) throws SQLException {
        String sql = rows + from + "key > ?" + some + "\nORDER BY key LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, after);
            statement.setInt(2, limit);
            return read(statement);
        }
    }

    List<AuditedRow> rows(Connection connection, RowRange range) throws SQLException {
        try (PreparedStatement statement = prepare(connection, rows, range)) {
            return read(statement);
        }
    }

    RowsSum sum(Connection connection, RowRange range) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sum, range);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new RowsSum(row.getLong(1), row.getLong(2));
        }
    }

    private PreparedStatement prepare(Connection connection, String select, RowRange range) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(select + from + "key > ?" + (range.open() ? "" : " AND key <= ?") + some);
        statement.setString(1, range.after());
        if (!range.open()) {
            statement.setString(2, range.to());
        }
        return statement;
    }

    /** Each of the keys, in any partition; one without a row is there as missing. */
    Map<String, AuditedRow> rows(Connection connection, Collection<String> keys) throws SQLException {
        Map<String, AuditedRow> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, AuditedRow.missing(key)));
        try (PreparedStatement statement = connection.prepareStatement(rows + from + "key = ANY(?)")) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            read(statement).forEach(row -> found.put(row.key(), row));
        }
        return found;
    }

    private static List<AuditedRow> read(PreparedStatement statement) throws SQLException {
        List<AuditedRow> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                HeldValue value = new HeldValue(row.getInt(3), row.getString(4), row.getString(5));
                rows.add(new AuditedRow(row.getString(1), row.getInt(2), value, row.getLong(6), row.getLong(7)));
            }
        }
        return rows;
    }

    /** PostgreSQL's own estimate, 0 where it has none yet. */
    long estimate(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ESTIMATE)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Which shard owns each partition, by shard_map. */
    static Map<Integer, String> owners(Connection connection) throws SQLException {
        Map<Integer, String> owners = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OWNERS)) {
            while (row.next()) {
                owners.put(row.getInt(2), row.getString(1));
            }
        }
        return owners;
    }
}
