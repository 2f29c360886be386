package io.throughline.mapstore.schema;

import io.throughline.mapstore.StartRefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one schema of one shard up to date with the files in {@code sql/}. Each schema has a history of its own, so
 * that a map is added or dropped by itself.
 */
final class SchemaHistory {

    private static final Logger log = LoggerFactory.getLogger(SchemaHistory.class);
    static final String TABLE = "flyway_schema_history";

    private static final String FIND = "SELECT FROM pg_namespace WHERE nspname = ?";

    private final String shard;
    private final DataSource owner;
    private final String ownerRole;
    private final String memberRole;

    SchemaHistory(String shard, DataSource owner, String ownerRole, String memberRole) {
        this.shard = shard;
        this.owner = owner;
        this.ownerRole = ownerRole;
        this.memberRole = memberRole;
    }

    /** The schema with the grid's own tables. */
    void migrateGrid() {
        migrate(GridTables.SCHEMA, "shard", "text");
    }

    /** A map's schema. */
    void migrateMap(String schema, String valueType) {
        migrate(schema, "map", valueType);
    }

    private void migrate(String schema, String folder, String valueType) {
        makeIfMissing(schema);
        Flyway flyway = Flyway.configure(SchemaHistory.class.getClassLoader())
                .dataSource(owner)
                .connectRetries(3)
                .connectRetriesInterval(1)
                .locations("classpath:io/throughline/sql/" + folder)
                .failOnMissingLocations(true)
                .defaultSchema(schema)
                .table(TABLE)
                .placeholders(Map.of("schema", schema, "member_role", quoted(memberRole), "value_type", valueType))
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .loggers("slf4j")
                .load();
        try {
            int ran = flyway.migrate().migrationsExecuted;
            if (ran > 0) {
                log.info("{}: schema {} brought up to date by {} migrations", shard, schema, ran);
            }
        } catch (FlywayException e) {
            throw refused(schema, reason(e), e);
        }
    }

    /**
     * Flyway would make it too, but tries for ten seconds where it may not (13.12, DbSchemas). It is looked for first, as
     * CREATE SCHEMA IF NOT EXISTS asks for a right on the database even where there is nothing to make.
     */
    private void makeIfMissing(String schema) {
        try (Connection connection = owner.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND);
                Statement make = connection.createStatement()) {
            find.setString(1, schema);
            try (ResultSet found = find.executeQuery()) {
                if (!found.next()) {
                    make.execute("CREATE SCHEMA \"" + quoted(schema) + "\"");
                }
            }
        } catch (SQLException e) {
            throw refused(schema, SqlReason.of(e), e);
        }
    }

    private StartRefusedException refused(String schema, String reason, Exception cause) {
        return new StartRefusedException(
                "Throughline may not start here:\n  " + shard + ": schema " + schema
                        + " can't be brought up to date as role " + ownerRole + ": " + reason
                        + ". That role must own the database, and role " + memberRole + " must exist",
                cause);
    }

    // The placeholder stands between double quotes.
    private static String quoted(String identifier) {
        return identifier.replace("\"", "\"\"");
    }

    private static String reason(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return SqlReason.of(sql);
            }
        }
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
