package io.throughline.bench.grid;

import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.mapstore.config.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How a text of letters, digits, blanks and hyphens goes into a map, comes out again, and stands in its row. */
public enum ValueForm {
    /** As it is. */
    TEXT {
        @Override
        Object entry(String text) {
            return text;
        }

        @Override
        String text(Object entry) {
            return (String) entry;
        }

        @Override
        public @Nullable String text(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }
    },

    /** As a JSON string: two bytes longer. */
    JSON {
        @Override
        Object entry(String text) {
            return new HazelcastJsonValue('"' + text + '"');
        }

        @Override
        String text(Object entry) {
            return unquoted(((HazelcastJsonValue) entry).getValue());
        }

        @Override
        public @Nullable String text(ResultSet row, int column) throws SQLException {
            String json = row.getString(column);
            return json == null ? null : unquoted(json);
        }
    },

    BINARY {
        @Override
        Object entry(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        String text(Object entry) {
            return new String((byte[]) entry, StandardCharsets.ISO_8859_1);
        }

        @Override
        public @Nullable String text(ResultSet row, int column) throws SQLException {
            byte[] bytes = row.getBytes(column);
            return bytes == null ? null : text(bytes);
        }
    };

    public static ValueForm of(ValueFormat format) {
        return switch (format) {
            case TEXT -> TEXT;
            case JSON -> JSON;
            case BINARY -> BINARY;
        };
    }

    abstract Object entry(String text);

    abstract String text(Object entry);

    /** Null for a tombstone. */
    public abstract @Nullable String text(ResultSet row, int column) throws SQLException;

    /** What is not ours comes back as it is, and so is told apart. */
    private static String unquoted(String json) {
        boolean quoted = json.length() >= 2 && json.startsWith("\"") && json.endsWith("\"");
        return quoted ? json.substring(1, json.length() - 1) : json;
    }

    /** Bytes that the form adds to the text. */
    public int extraBytes() {
        return this == JSON ? 2 : 0;
    }
}
