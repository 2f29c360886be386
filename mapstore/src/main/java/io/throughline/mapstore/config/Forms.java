package io.throughline.mapstore.config;

/** The texts that throughline.yaml holds. throughline.schema.json states the same patterns. */
final class Forms {

    static final Form GRID =
            Form.of("[A-Za-z0-9][A-Za-z0-9._-]{0,62}", "1 to 63 letters, digits, dots, dashes and underscores");
    // PostgreSQL cuts a longer identifier off without an error.
    static final Form IDENTIFIER = Form.of("[^\\x00-\\x1f]{1,63}", "a PostgreSQL name of 1 to 63 characters");
    static final Form SHARD = Form.of(
            "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
            "1 to 63 lower-case letters, digits and dashes, as it names metrics and log lines");
    static final Form SCHEMA = Form.of(
            "(?!pg_|(?:throughline|public|information_schema)$)[a-z_][a-z0-9_]{0,62}",
            "1 to 63 lower-case letters, digits and underscores, not starting with a digit or pg_,"
                    + " and not throughline, public or information_schema");
    static final Form MAP = Form.of(
            "(?!__)[^*\\x00-\\x1f]{1,255}",
            "one Hazelcast map's name, without wildcards; names starting with __ are Hazelcast's own");

    private Forms() {}
}
