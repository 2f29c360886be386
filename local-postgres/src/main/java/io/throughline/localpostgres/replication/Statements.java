package io.throughline.localpostgres.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** All SQL that replication needs. */
final class Statements {

    private Statements() {}

    /** The roles and the database. No quorum exists yet, so this session waits for none. */
    static void bootstrap(Connection connection, String replicator, String owner, String application)
            throws SQLException {
        run(connection, "SET synchronous_commit = local");
        run(connection, "CREATE ROLE replicator LOGIN REPLICATION PASSWORD " + literal(replicator));
        run(connection, "CREATE ROLE throughline_owner LOGIN PASSWORD " + literal(owner));
        run(connection, "CREATE ROLE throughline LOGIN PASSWORD " + literal(application));
        // Members show whether synchronous replication is in force; only this role sees the standbys' states.
        run(connection, "GRANT pg_read_all_stats TO throughline");
        run(connection, "CREATE DATABASE throughline OWNER throughline_owner");
        run(connection, "REVOKE ALL ON DATABASE throughline FROM PUBLIC");
        run(connection, "GRANT CONNECT ON DATABASE throughline TO throughline");
    }

    /** WAL from now on is kept until the standby has it. */
    static void makeSlot(Connection connection, String slot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT pg_create_physical_replication_slot(?, true)
                WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)
                """)) {
            statement.setString(1, slot);
            statement.setString(2, slot);
            statement.execute();
        }
    }

    /** The names of the standbys that stream, as far as they count for the quorum. */
    static Set<String> synchronousStandbys(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT application_name FROM pg_stat_replication
                        WHERE state = 'streaming' AND sync_state IN ('quorum', 'sync')
                        """)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    static boolean inRecovery(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Passwords are of our own making, in the alphabet of base64url. */
    private static String literal(String password) {
        if (!password.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("A generated password holds a character that it never should");
        }
        return "'" + password + "'";
    }
}
