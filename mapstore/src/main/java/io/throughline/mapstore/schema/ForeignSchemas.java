package io.throughline.mapstore.schema;

import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds schemas that hold someone else's tables, before anything is put beside them. */
final class ForeignSchemas {

    private static final String TABLES = """
            SELECT string_agg(relname, ', ' ORDER BY relname)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = ? AND relkind IN ('r', 'p', 'v', 'm', 'f')
            HAVING NOT bool_or(relname = ?)
            """;

    private final GridConfig config;

    ForeignSchemas(GridConfig config) {
        this.config = config;
    }

    List<String> on(Connection connection) throws SQLException {
        List<String> reasons = new ArrayList<>();
        String grid = foreignTables(connection, GridTables.SCHEMA);
        if (!grid.isEmpty()) {
            reasons.add("schema throughline holds tables that Throughline didn't make (" + grid
                    + "). Give the grid a database of its own (database.name in " + config.file() + ")");
        }
        for (GridMapConfig map : config.maps()) {
            String tables = foreignTables(connection, map.schema());
            if (!tables.isEmpty()) {
                reasons.add("schema " + map.schema() + " holds tables that Throughline didn't make (" + tables
                        + "). Give maps." + map.name() + " another schema in " + config.file());
            }
        }
        return reasons;
    }

    private static String foreignTables(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            statement.setString(2, SchemaHistory.TABLE);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
