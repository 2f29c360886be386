package io.throughline.mapstore.schema;

import io.throughline.mapstore.StartRefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one member at a time make or change schemas. It is a session's lock on the shard that decides, so it ends with
 * its connection. It saves members that start together from getting in each other's way (CREATE SCHEMA IF NOT EXISTS
 * fails if two run it at once); that they agree on one grid doesn't rest on it.
 */
final class MigrationLock {

    private static final Logger log = LoggerFactory.getLogger(MigrationLock.class);

    // Any number that nobody else uses: the bytes of "thruline".
    private static final long KEY = 0x7468_7275_6c69_6e65L;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    // Asked for again and again rather than waited for: a waiting statement would run into the socket timeout.
    private static final String TRY = "SELECT pg_try_advisory_lock(?)";
    private static final String HOLDER = """
            SELECT pid, usename, application_name, client_addr, backend_start
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted
              AND classid::bigint << 32 | objid::bigint = ?
            """;

    private MigrationLock() {}

    static void take(Connection connection, String shard, InstantSource clock) throws SQLException {
        Instant deadline = clock.instant().plus(LONGEST_WAIT);
        boolean said = false;
        while (!tryLock(connection)) {
            if (!said) {
                log.info("Waiting for another member that migrates the shards");
                said = true;
            }
            if (!clock.instant().isBefore(deadline) || !Pause.of(PAUSE)) {
                throw new StartRefusedException("Throughline may not start here:\n  " + shard
                        + ": another session has been migrating for " + LONGEST_WAIT.toMinutes() + " minutes ("
                        + holder(connection)
                        + "). Look at what it waits for, or end it: its work can be taken up again");
            }
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY)) {
            statement.setLong(1, KEY);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String holder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setLong(1, KEY);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? "pid " + row.getInt(1) + ", role " + row.getString(2) + ", " + row.getString(3) + ", from "
                                + row.getString(4) + ", connected " + row.getString(5)
                        : "gone by now";
            }
        }
    }
}
