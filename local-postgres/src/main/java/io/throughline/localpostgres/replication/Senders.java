package io.throughline.localpostgres.replication;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** The processes of a primary that send WAL to its standbys. Stateless. */
public final class Senders {

    private Senders() {}

    public static Set<Long> pids(Connection connection) throws SQLException {
        Set<Long> pids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_replication")) {
            while (rows.next()) {
                pids.add(rows.getLong(1));
            }
        }
        return pids;
    }
}
