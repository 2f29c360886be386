package io.throughline.cli.transfer;

import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.mapstore.config.ValueFormat;
import java.util.Base64;

/** What the values of a map are, and how they are written as text: bytes in Base64, everything else as itself. */
public enum MapFormat {
    TEXT {
        @Override
        public Object toValue(String text) {
            return text;
        }
    },
    JSON {
        @Override
        public Object toValue(String text) {
            return new HazelcastJsonValue(text);
        }
    },
    BINARY {
        @Override
        public Object toValue(String text) {
            try {
                return Base64.getDecoder().decode(text.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the value is not Base64: " + e.getMessage(), e);
            }
        }
    };

    public static MapFormat of(ValueFormat format) {
        return switch (format) {
            case TEXT -> TEXT;
            case JSON -> JSON;
            case BINARY -> BINARY;
        };
    }

    /**
     * What Hazelcast is given.
     *
     * @throws IllegalArgumentException if the text is no such value
     */
    public abstract Object toValue(String text);

    /** The text for what Hazelcast gave. */
    public static String toText(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }
}
