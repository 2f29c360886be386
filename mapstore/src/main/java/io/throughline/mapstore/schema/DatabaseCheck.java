package io.throughline.mapstore.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds for a shard's whole database and for the members' role in it. */
final class DatabaseCheck {

    private static final Logger log = LoggerFactory.getLogger(DatabaseCheck.class);

    private static final String STATE = """
            SELECT current_user, rolsuper, pg_has_role('pg_read_all_stats', 'USAGE'), current_setting('server_encoding')
            FROM pg_roles
            WHERE rolname = current_user
            """;

    private final String shard;

    DatabaseCheck(String shard) {
        this.shard = shard;
    }

    List<String> on(Connection connection) throws SQLException {
        List<String> reasons = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            row.next();
            String role = row.getString(1);
            if (!row.getString(4).equals("UTF8")) {
                reasons.add(
                        "its database has encoding " + row.getString(4)
                                + "; expected UTF8, as a key or a text may hold any character. Make it anew with ENCODING 'UTF8'");
            }
            if (row.getBoolean(2)) {
                log.warn("{}: role {} is a superuser; members need to read and write rows, nothing else", shard, role);
            }
            if (!row.getBoolean(3)) {
                log.warn(
                        "{}: role {} can't see whether standbys keep up, so health will not tell. Run as a superuser:"
                                + " GRANT pg_read_all_stats TO \"{}\"",
                        shard,
                        role,
                        role);
            }
        }
        return reasons;
    }
}
