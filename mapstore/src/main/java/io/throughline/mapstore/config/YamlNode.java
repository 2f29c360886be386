package io.throughline.mapstore.config;

import java.util.List;
import java.util.Map;

/** YAML as it was written, with the line of each value, so that an error can point at it. */
sealed interface YamlNode {

    int line();

    /** Words for an error message. */
    String describe();

    enum ScalarKind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** @param text as written, without quotes */
    record Scalar(int line, ScalarKind kind, String text) implements YamlNode {

        private static final int SHOWN = 80;

        @Override
        public String describe() {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            return switch (kind) {
                case STRING -> '"' + shown + '"';
                case NUMBER, BOOLEAN -> shown;
                case NULL -> "nothing";
            };
        }
    }

    record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {

        @Override
        public String describe() {
            return "a block of keys";
        }
    }

    record Sequence(int line, List<YamlNode> items) implements YamlNode {

        @Override
        public String describe() {
            return "a list";
        }
    }
}
