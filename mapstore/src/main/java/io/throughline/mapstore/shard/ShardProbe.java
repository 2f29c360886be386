package io.throughline.mapstore.shard;

import io.throughline.mapstore.ShardHealth;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.jdbc.PgConnection;

/** Asks a shard how it is. Takes at most the pool's patience and one socket timeout. */
public final class ShardProbe {

    /** {@code pg_stat_replication} shows its columns to members of pg_read_all_stats only. */
    private static final String STATE = """
            SELECT current_setting('transaction_read_only') = 'on',
                   current_setting('synchronous_standby_names'),
                   (SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'),
                   (SELECT count(*) FROM pg_stat_replication
                    WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum')),
                   pg_has_role('pg_read_all_stats', 'usage')""";

    /** {@code ANY 1 (…)}, {@code FIRST 2 (…)}, {@code 2 (…)}; a plain list of names stands for one. */
    private static final Pattern QUORUM =
            Pattern.compile("^\\s*(?:(?:ANY|FIRST)\\s+)?(\\d+)\\s*\\(.*", Pattern.CASE_INSENSITIVE);

    private ShardProbe() {}

    public static ShardHealth of(ShardPool pool) {
        try (ShardConnection connection = pool.connect()) {
            return ask(pool.shard(), connection.jdbc());
        } catch (SQLException e) {
            return new ShardHealth(pool.shard(), false, "", 0, 0, "no primary answers: " + e.getMessage());
        }
    }

    private static ShardHealth ask(String shard, Connection connection) throws SQLException {
        String primary = connection
                .unwrap(PgConnection.class)
                .getQueryExecutor()
                .getHostSpec()
                .toString();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            row.next();
            int streaming = row.getInt(3);
            int synchronous = row.getInt(4);
            String reason = row.getBoolean(1)
                    ? "its primary is read-only"
                    : row.getBoolean(5)
                            ? quorumFault(row.getString(2), synchronous)
                            : "its replication can't be seen: GRANT pg_read_all_stats TO the member's role";
            return new ShardHealth(shard, reason.isEmpty(), primary, synchronous, streaming, reason);
        }
    }

    /** Why a commit would wait or be kept by the primary alone; empty where it would not. */
    static String quorumFault(String synchronousStandbyNames, int synchronous) {
        int needed = quorum(synchronousStandbyNames);
        if (needed == 0) {
            return "synchronous_standby_names is empty: its writes are on one machine only";
        }
        return synchronous >= needed
                ? ""
                : "a commit needs " + needed + " synchronous standby(s), and " + synchronous + " are connected";
    }

    static int quorum(String synchronousStandbyNames) {
        if (synchronousStandbyNames.isBlank()) {
            return 0;
        }
        Matcher matcher = QUORUM.matcher(synchronousStandbyNames);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1;
    }
}
