package io.throughline.mapstore.direct;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections to a shard's primary, each asked first whose shard it is and what time it has. Hosts swapped in
 * throughline.yaml are noticed before a row goes astray.
 */
final class VerifiedPrimary implements DataSource {

    private static final String ASK =
            "SELECT shard, (extract(epoch FROM clock_timestamp()) * 1000)::bigint FROM throughline.grid";

    /** Of our own: nothing that trying again would cure. */
    private static final String WRONG_SHARD = "42TL1";

    private final DataSource primary;
    private final String shard;
    private final ShardClock clock;

    VerifiedPrimary(DataSource primary, String shard, ShardClock clock) {
        this.primary = primary;
        this.shard = shard;
        this.clock = clock;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = primary.getConnection();
        try {
            verify(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void verify(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long asked = System.nanoTime();
            try (ResultSet row = statement.executeQuery(ASK)) {
                String found = row.next() ? row.getString(1) : "no shard of a grid";
                if (!found.equals(shard)) {
                    throw new SQLException(
                            "the hosts of " + shard + " lead to " + found + "; correct shards." + shard
                                    + ".hosts or database.name in throughline.yaml",
                            WRONG_SHARD);
                }
                clock.set(row.getLong(2), asked, System.nanoTime());
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the role is the one of throughline.yaml");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return primary.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        primary.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        primary.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return primary.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return primary.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return primary.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return primary.isWrapperFor(type);
    }
}
