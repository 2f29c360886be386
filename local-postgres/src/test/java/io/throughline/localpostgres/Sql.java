package io.throughline.localpostgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Single statements. */
final class Sql {

    private Sql() {}

    static Connection login(Node node, String role, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://" + node.address() + "/throughline", properties);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static String one(LocalShards shards, Node node, String sql) throws SQLException {
        try (Connection connection = shards.connect(node)) {
            return one(connection, sql);
        }
    }
}
