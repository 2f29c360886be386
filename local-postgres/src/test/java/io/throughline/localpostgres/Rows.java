package io.throughline.localpostgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** A table of one test, and connections that find the primary as an application does. */
final class Rows {

    private final LocalShards shards;
    private final String shard;
    private final String table;

    Rows(LocalShards shards, String shard, String table) throws SQLException {
        this.shards = shards;
        this.shard = shard;
        this.table = table;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (id bigint PRIMARY KEY)");
        }
    }

    /** To whichever node is primary. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", Secrets.read(shards.secrets().postgres()));
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "20");
        properties.setProperty("hostRecheckSeconds", "0");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + String.join(",", shards.hosts(shard)) + "/throughline", properties);
    }

    void insert(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (?) ON CONFLICT DO NOTHING")) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    void insert(long id) throws SQLException {
        try (Connection connection = connect()) {
            insert(connection, id);
        }
    }

    /** Which of these ids are not there; whole sets are compared, as AssertJ does it pair by pair. */
    Set<Long> missing(Node node, Set<Long> ids) throws SQLException {
        Set<Long> missing = new TreeSet<>(ids);
        missing.removeAll(on(node));
        return missing;
    }

    Set<Long> on(Node node) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        try (Connection connection = shards.connect(node);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM " + table)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
