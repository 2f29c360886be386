package io.throughline.mapstore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.throughline.mapstore.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** throughline.schema.json, which editors go by, and the reader say the same; so does the file that is shipped. */
class SettingsSchemaTest {

    private static final Path SHIPPED = Path.of("../config/throughline.yaml");
    private static final Path SCHEMA = Path.of("../config/throughline.schema.json");

    @TempDir
    Path temp;

    @Test
    void every_key_that_one_knows_is_known_to_the_other() throws IOException {
        JsonNode properties = new ObjectMapper().readTree(SCHEMA.toFile()).path("properties");
        Map<String, List<String>> schemaKeys = new LinkedHashMap<>();
        schemaKeys.put("?", names(properties));
        for (String block : List.of("database", "migration", "connections", "write", "read")) {
            schemaKeys.put(block + ".?", names(properties.path(block).path("properties")));
        }
        for (String block : List.of("shards", "maps")) {
            schemaKeys.put(
                    block + ".x.?",
                    names(properties.path(block).path("additionalProperties").path("properties")));
        }

        assertThat(keysThatTheReaderKnows()).containsExactlyInAnyOrderEntriesOf(schemaKeys);
    }

    private static List<String> names(JsonNode properties) {
        return StreamSupport.stream(properties.properties().spliterator(), false)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** It names them where it refuses one. */
    private Map<String, List<String>> keysThatTheReaderKnows() {
        GridConfigException refusal =
                catchThrowableOfType(GridConfigException.class, () -> new SettingsFolder(temp).read("""
                                "?": 1
                                database: {"?": 1}
                                migration: {"?": 1}
                                connections: {"?": 1}
                                write: {"?": 1}
                                read: {"?": 1}
                                shards: {x: {"?": 1}}
                                maps: {x: {"?": 1}}
                                """));
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Pattern.compile("line \\d+, (\\S*\\?): unknown key; known here: (.*)")
                .matcher(refusal.getMessage())
                .results()
                .forEach(line -> keys.put(line.group(1), sortedKeys(line)));
        return keys;
    }

    private static List<String> sortedKeys(MatchResult line) {
        return Pattern.compile(", ").splitAsStream(line.group(2)).sorted().toList();
    }

    @Test
    void the_shipped_file_is_valid() throws IOException {
        assertThat(schemaErrors(Files.readString(SHIPPED))).isEmpty();
        assertThat(readerAccepts(Files.readString(SHIPPED))).isTrue();
    }

    @Test
    void what_the_shipped_file_shows_in_comments_is_the_default() throws IOException {
        String shipped = Files.readString(SHIPPED);
        String spelledOut = Pattern.compile("(?m)^( *)# (?!yaml-language)( *[a-z-]+:)")
                .matcher(shipped)
                .replaceAll("$1$2");

        assertThat(spelledOut).contains("\n  lanes: 2").contains("\n    schema: kv");
        assertThat(schemaErrors(spelledOut)).isEmpty();
        assertThat(new SettingsFolder(temp).read(spelledOut)).isEqualTo(new SettingsFolder(temp).read(shipped));
    }

    @Test
    void the_defaults_that_the_schema_shows_are_the_readers() throws IOException {
        JsonNode properties = new ObjectMapper().readTree(SCHEMA.toFile()).path("properties");
        StringBuilder spelledOut = new StringBuilder(SettingsFolder.SHORTEST);
        for (String block : List.of("connections", "write", "read", "attempts", "fallback")) {
            spelledOut.append(block).append(":\n");
            properties.path(block).path("properties").properties().stream()
                    .filter(property -> !defaultOf(property.getValue()).isEmpty())
                    .forEach(property -> spelledOut
                            .append("  " + property.getKey() + ": ")
                            .append(defaultOf(property.getValue()) + "\n"));
        }

        assertThat(new SettingsFolder(temp).read(spelledOut.toString()))
                .isEqualTo(new SettingsFolder(temp).read(SettingsFolder.SHORTEST));
    }

    private static String defaultOf(JsonNode property) {
        String definition = property.path("$ref").asText("").replace("#/$defs/", "");
        return switch (definition) {
            case "queueLimit" -> "20000";
            case "batchLimit" -> "256";
            default -> property.path("default").asText();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grid: a",
                "partitions: 1",
                "partitions: 32767",
                "members: 1",
                "members: 100",
                "strict-lease: true",
                "write: {on-degraded: warn}",
                "connections: {pool-size: 100}",
                "connections: {pool-size: 4}\nread: {lanes: 1}",
                "connections: {pool-size: 19}\nread: {lanes: 16}",
                "connections: {connect-timeout: 60s, socket-timeout: 1s, start-timeout: 1h}",
                "write: {timeout: 10m, queue-limit: 1000000, batch-limit: 10000}",
                "write: {timeout: 5001ms, queue-limit: 1, batch-limit: 1}",
                "read: {timeout: 10m, queue-limit: 1000000, batch-limit: 10000}",
                "migration: {user: a, password-file: secrets/throughline.password}",
            })
    void both_accept(String settings) {
        String yaml = SettingsFolder.SHORTEST + settings + "\n";

        assertThat(schemaErrors(yaml)).isEmpty();
        assertThat(readerAccepts(yaml)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grid: ''",
                "grid: 5",
                "grid: a b",
                "partitions: 0",
                "partitions: 32768",
                "partitions: '271'",
                "partitions: 2.5",
                "members: 0",
                "members: 101",
                "strict-lease: 'true'",
                "write: {on-degraded: ignore}",
                "connections:",
                "connections: {pool-size: 3}",
                "connections: {pool-size: 101}",
                "connections: {connect-timeout: 2500ms}",
                "connections: {socket-timeout: 5}",
                "write: {timeout: soon}",
                "write: {queue-limit: 0}",
                "write: {queue-limit: 1000001}",
                "write: {batch-limit: 10001}",
                "read: {lanes: 17}",
                "read: {lanes: 0}",
                "read: [1]",
                "migration: {}",
                "migration: {user: a}",
                "migration: {password-file: secrets/throughline.password, password-env: A}",
                "migration: {password-env: a-b}",
            })
    void both_refuse(String settings) {
        String yaml = SettingsFolder.SHORTEST + settings + "\n";

        assertThat(schemaErrors(yaml)).isNotEmpty();
        assertThat(readerAccepts(yaml)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {value-format: xml}",
                "a: {}",
                "a: {value-format: text, schema: A}",
                "a: {value-format: text, schema: pg_a}",
                "a: {value-format: text, schema: public}",
                "a: {value-format: text, max-value-bytes: 0}",
                "a: {value-format: text, max-value-bytes: 67108865}",
                "'a*': {value-format: text, schema: a}",
                "__a: {value-format: text, schema: a}",
            })
    void both_refuse_the_map(String map) {
        String yaml = SettingsFolder.SHORTEST + "  " + map + "\n";

        assertThat(schemaErrors(yaml)).isNotEmpty();
        assertThat(readerAccepts(yaml)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db1", "[db1]:5432", "a b:5432", "db1:5432/a", "-a:5432", "127.0.0.1:15432"})
    void both_refuse_a_second_host_like(String host) {
        String yaml =
                SettingsFolder.SHORTEST.replace("[\"127.0.0.1:15432\"]", "[\"127.0.0.1:15432\", \"" + host + "\"]");

        assertThat(schemaErrors(yaml)).isNotEmpty();
        assertThat(readerAccepts(yaml)).isFalse();
    }

    private boolean readerAccepts(String yaml) {
        try {
            new SettingsFolder(temp).read(yaml);
            return true;
        } catch (GridConfigException e) {
            return false;
        }
    }

    private static List<Error> schemaErrors(String yaml) {
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
            return schema.validate(yaml, InputFormat.YAML);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
