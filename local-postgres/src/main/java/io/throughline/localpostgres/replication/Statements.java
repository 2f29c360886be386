package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.folder.WalPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All SQL that replication needs. */
final class Statements {

    /** Whoever streams and counts for the quorum. */
    private static final String SYNCHRONOUS_STANDBYS = """
            SELECT application_name FROM pg_stat_replication
            WHERE state = 'streaming' AND sync_state IN ('quorum', 'sync')
            """;

    /** Whoever is connected, also while it still catches up. */
    private static final String ATTACHED_STANDBYS =
            "SELECT application_name FROM pg_stat_replication WHERE state IN ('streaming', 'catchup')";

    private static final String STREAMING =
            "SELECT count(*) > 0 FROM pg_stat_replication WHERE application_name = ? AND state = 'streaming'";

    private static final String DROP_SLOT =
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?";

    /** WAL from now on is kept until the standby has it. */
    private static final String MAKE_SLOT = """
            SELECT pg_create_physical_replication_slot(?, true)
            WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)
            """;

    /**
     * Whether nothing more can come in, the primary being dead. A position is reported from the moment on when all WAL
     * on disk was replayed and streaming was asked for; a receiver that streams may still hold some.
     */
    private static final String SETTLED = """
            SELECT pg_last_wal_receive_lsn() IS NOT NULL
               AND NOT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')
            """;

    /** A standby that was restarted counts only from the segment's beginning, but has replayed what it had. */
    private static final String RECEIVED = """
            SELECT greatest(coalesce(pg_last_wal_receive_lsn(), '0/0'), coalesce(pg_last_wal_replay_lsn(), '0/0'))
            """;

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

    static void makeSlot(Connection connection, String slot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE_SLOT)) {
            statement.setString(1, slot);
            statement.setString(2, slot);
            statement.execute();
        }
    }

    /** A slot that keeps nothing from before. */
    static void renewSlot(Connection connection, String slot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP_SLOT)) {
            statement.setString(1, slot);
            statement.execute();
        }
        makeSlot(connection, slot);
    }

    static Set<String> synchronousStandbys(Connection connection) throws SQLException {
        return names(connection, SYNCHRONOUS_STANDBYS);
    }

    static Set<String> attachedStandbys(Connection connection) throws SQLException {
        return names(connection, ATTACHED_STANDBYS);
    }

    /** The processes that send WAL to standbys. */
    static Set<Long> senders(Connection connection) throws SQLException {
        return names(connection, "SELECT pid FROM pg_stat_replication").stream()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    static boolean streams(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STREAMING)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static boolean inRecovery(Connection connection) throws SQLException {
        return one(connection, "SELECT pg_is_in_recovery()").equals("t");
    }

    static boolean settled(Connection connection) throws SQLException {
        return one(connection, SETTLED).equals("t");
    }

    static WalPosition received(Connection connection) throws SQLException {
        return WalPosition.parse(one(connection, RECEIVED));
    }

    /** How far a primary's log is durable; what it has acknowledged lies before. */
    static WalPosition written(Connection connection) throws SQLException {
        return WalPosition.parse(one(connection, "SELECT pg_current_wal_flush_lsn()"));
    }

    static String synchronousStandbyNames(Connection connection) throws SQLException {
        return one(connection, "SHOW synchronous_standby_names");
    }

    /** Returns when the node takes writes. */
    static boolean promote(Connection connection) throws SQLException {
        return one(connection, "SELECT pg_promote(true, 60)").equals("t");
    }

    /** @return the contents of backup_label */
    static String stopBackup(Connection connection) throws SQLException {
        return one(connection, "SELECT labelfile FROM pg_backup_stop(false)");
    }

    /** Forces a checkpoint now: a clone is not worth waiting for the next. */
    static void startBackup(Connection connection) throws SQLException {
        one(connection, "SELECT pg_backup_start('clone', true)");
    }

    private static Set<String> names(Connection connection, String sql) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
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
