package io.throughline.member;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks a node of a shard, over a new connection each time, so that a failover is no concern of the test's. */
public final class Sql {

    /** Opens a connection. */
    @FunctionalInterface
    public interface Source {
        Connection connect() throws SQLException;
    }

    private final Source source;

    Sql(Source source) {
        this.source = source;
    }

    /** The first column of the only row. */
    public Object one(String query, Object... parameters) {
        List<Object> column = column(query, parameters);
        if (column.size() != 1) {
            throw new AssertionError(column.size() + " rows instead of 1 from: " + query);
        }
        return column.get(0);
    }

    public long count(String query, Object... parameters) {
        return ((Number) one(query, parameters)).longValue();
    }

    /** The first column; SQL's null is the string {@code null}, as a list may hold none. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> List<T> column(String query, Object... parameters) {
        try (Connection connection = source.connect();
                PreparedStatement statement = prepared(connection, query, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> column = new ArrayList<>();
            while (rows.next()) {
                Object value = rows.getObject(1);
                column.add((T) (value == null ? "null" : value));
            }
            return column;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    public int update(String sql, Object... parameters) {
        try (Connection connection = source.connect();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
