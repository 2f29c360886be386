package io.throughline.mapstore.schema;

import static java.util.stream.Collectors.joining;

import io.throughline.mapstore.config.GridConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares one table with what members expect of it. Reads the catalog alone, which every role may. */
final class TableCheck {

    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod)
            FROM pg_attribute
              JOIN pg_class ON pg_class.oid = attrelid
              JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = ? AND relname = ? AND attnum > 0 AND NOT attisdropped
            """;

    private static final String MISSING_RIGHTS = """
            SELECT 'USAGE' WHERE NOT has_schema_privilege(?, 'USAGE')
            UNION ALL
            SELECT wanted
            FROM pg_class
              JOIN pg_namespace ON pg_namespace.oid = relnamespace,
              unnest(?) AS wanted
            WHERE nspname = ? AND relname = ? AND NOT has_table_privilege(pg_class.oid, wanted)
            """;

    private final String schema;
    private final String table;
    private final Map<String, String> columnTypes;
    private final List<String> rights;

    TableCheck(String schema, String table, Map<String, String> columnTypes, List<String> rights) {
        this.schema = schema;
        this.table = table;
        this.columnTypes = columnTypes;
        this.rights = rights;
    }

    List<String> on(Connection connection, GridConfig config) throws SQLException {
        Map<String, String> found = columns(connection);
        if (found.isEmpty()) {
            return List.of("has no table " + name()
                    + ". Run grid-member migrate, or start one member with a migration block in " + config.file()
                    + ", which makes it");
        }
        List<String> reasons = new ArrayList<>();
        columnTypes.forEach((column, expected) -> {
            String type = found.getOrDefault(column, "");
            if (!type.equals(expected)) {
                reasons.add(name()
                        + (type.isEmpty() ? " has no column " + column : " has column " + column + " of type " + type)
                        + "; expected " + column + " " + expected + remedy(column, type, config));
            }
        });
        List<String> missing = missingRights(connection);
        if (!missing.isEmpty()) {
            reasons.add(rightsMissing(missing, config.database().credentials().user()));
        }
        return reasons;
    }

    private String name() {
        return "\"" + schema + "\"." + table;
    }

    private String remedy(String column, String type, GridConfig config) {
        if (!column.equals("value") || type.isEmpty()) {
            return ". Someone has changed the table since its migration; change it back";
        }
        return config.maps().stream()
                .filter(map -> map.schema().equals(schema))
                .map(map -> ", as maps." + map.name() + " has value-format "
                        + map.valueFormat().name().toLowerCase(Locale.ROOT)
                        + ". Correct that, or give the map another schema, in " + config.file())
                .collect(joining());
    }

    private String rightsMissing(List<String> missing, String role) {
        List<String> grants = new ArrayList<>();
        if (missing.contains("USAGE")) {
            grants.add("GRANT USAGE ON SCHEMA \"" + schema + "\" TO \"" + role + "\";");
        }
        List<String> onTable =
                missing.stream().filter(right -> !right.equals("USAGE")).toList();
        if (!onTable.isEmpty()) {
            grants.add("GRANT " + String.join(", ", onTable) + " ON " + name() + " TO \"" + role + "\";");
        }
        return name() + ": role " + role + " lacks " + String.join(", ", missing) + ". Run as the owner: "
                + String.join(" ", grants);
    }

    private Map<String, String> columns(Connection connection) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns;
    }

    private List<String> missingRights(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(MISSING_RIGHTS)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", rights.toArray()));
            statement.setString(3, schema);
            statement.setString(4, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.add(rows.getString(1));
                }
            }
        }
        return missing;
    }
}
