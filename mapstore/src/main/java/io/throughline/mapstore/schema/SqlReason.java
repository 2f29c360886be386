package io.throughline.mapstore.schema;

import java.sql.SQLException;

/** What PostgreSQL or its driver said, as part of a sentence. */
final class SqlReason {

    private SqlReason() {}

    static String of(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip().replaceAll("\\.?\\s*\\n\\s*", "; ");
        return message.replaceAll("\\.$", "") + " (SQLState " + e.getSQLState() + ")";
    }
}
