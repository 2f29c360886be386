package io.throughline.mapstore.config;

import static io.throughline.mapstore.config.SettingsFolder.SHORTEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.mapstore.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridConfigReaderTest {

    @TempDir
    Path temp;

    SettingsFolder settings;

    @BeforeEach
    void make_the_folder() {
        settings = new SettingsFolder(temp);
    }

    @Test
    void the_shortest_file_gets_the_defaults() {
        GridConfig config = settings.read(SHORTEST);

        assertThat(config)
                .isEqualTo(new GridConfig(
                        temp.resolve("throughline.yaml"),
                        "throughline",
                        271,
                        3,
                        false,
                        new DatabaseConfig("throughline", new Credentials("throughline", new Secret("rows"))),
                        null,
                        List.of(new ShardConfig("shard-1", List.of(new HostAndPort("127.0.0.1", 15432)))),
                        new ConnectionsConfig(
                                5,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                Tls.PREFER,
                                null),
                        new WriteConfig(Duration.ofSeconds(15), 20_000, 256, OnDegraded.REFUSE),
                        new ReadConfig(Duration.ofSeconds(15), 20_000, 256, 2),
                        new AttemptsConfig(Duration.ofMinutes(1), Duration.ofHours(1)),
                        new FallbackConfig(
                                Duration.ofMillis(250), Duration.ofSeconds(15), Duration.ofSeconds(5), 4, 1_000),
                        List.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1024 * 1024))));
    }

    @Test
    void every_key_is_taken() {
        GridConfig config = settings.read("""
                grid: orders
                partitions: 31
                members: 5
                strict-lease: true
                database:
                  name: orders
                  user: orders_app
                  password-env: APP_PASSWORD
                migration:
                  user: orders_owner
                  password-file: secrets/throughline_owner.password
                shards:
                  west: {hosts: ["db1.example:5432", "[::1]:5433"]}
                  east: {hosts: ["db2.example:5432"]}
                connections: {pool-size: 7, connect-timeout: 1s, socket-timeout: 1m, start-timeout: 500s, tls: verify-full, root-certificate: secrets/throughline.password}
                write: {timeout: 61s, queue-limit: 10, batch-limit: 9, on-degraded: warn}
                read: {timeout: 60500ms, queue-limit: 8, batch-limit: 7, lanes: 4}
                attempts: {max-clock-skew: 30s, tombstone-retention: 2h}
                fallback: {cache-timeout: 100ms, direct-timeout: 70s, overlay: 10s, connections: 2, queue-limit: 50}
                maps:
                  user-sessions: {value-format: json, schema: user_sessions, max-value-bytes: 4096}
                """, Map.of("APP_PASSWORD", "from the environment"));

        assertThat(config)
                .isEqualTo(new GridConfig(
                        temp.resolve("throughline.yaml"),
                        "orders",
                        31,
                        5,
                        true,
                        new DatabaseConfig("orders", new Credentials("orders_app", new Secret("from the environment"))),
                        new MigrationConfig(new Credentials("orders_owner", new Secret("tables"))),
                        List.of(
                                new ShardConfig(
                                        "west",
                                        List.of(new HostAndPort("db1.example", 5432), new HostAndPort("::1", 5433))),
                                new ShardConfig("east", List.of(new HostAndPort("db2.example", 5432)))),
                        new ConnectionsConfig(
                                7,
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(500),
                                Tls.VERIFY_FULL,
                                temp.resolve("secrets/throughline.password")),
                        new WriteConfig(Duration.ofSeconds(61), 10, 9, OnDegraded.WARN),
                        new ReadConfig(Duration.ofMillis(60_500), 8, 7, 4),
                        new AttemptsConfig(Duration.ofSeconds(30), Duration.ofHours(2)),
                        new FallbackConfig(
                                Duration.ofMillis(100), Duration.ofSeconds(70), Duration.ofSeconds(10), 2, 50),
                        List.of(new GridMapConfig("user-sessions", ValueFormat.JSON, "user_sessions", 4096))));
    }

    @Test
    void a_password_never_shows() {
        assertThat(settings.read(SHORTEST).toString()).doesNotContain("rows").contains("(secret)");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> new GridConfigReader(Map.of()).read(temp.resolve("other.yaml")))
                .isInstanceOf(GridConfigException.class)
                .hasMessageStartingWith(temp.resolve("other.yaml") + " doesn't exist");
    }

    @Test
    void a_folder_is_no_file() {
        assertThatThrownBy(() -> new GridConfigReader(Map.of()).read(temp))
                .isInstanceOf(GridConfigException.class)
                .hasMessageStartingWith(temp + " isn't a file");
    }

    @Test
    void a_file_in_another_encoding_is_refused() throws IOException {
        Path file = Files.write(temp.resolve("latin1.yaml"), new byte[] {'g', 'r', (byte) 0xfc, 'n', ':'});

        assertThatThrownBy(() -> new GridConfigReader(Map.of()).read(file))
                .isInstanceOf(GridConfigException.class)
                .hasMessage(file + " isn't UTF-8 text; save it as UTF-8");
    }

    @Test
    void all_mistakes_are_named_in_one_go_in_the_files_order() {
        settings.refuses(
                """
                grid: "my grid"
                partitions: 0
                shards:
                  shard-1: {hosts: ["127.0.0.1"]}
                database: {password: hunter2}
                maps:
                  kv: {value-format: xml}
                  "*": {value-format: text}
                """,
                "line 1, grid: is \"my grid\"; expected: 1 to 63 letters, digits, dots, dashes and underscores",
                "line 2, partitions: 0 is outside 1 to 32767: a row keeps its partition as a smallint; the default is 271",
                "line 4, shards.shard-1.hosts[0]: \"127.0.0.1\" has no port; write \"127.0.0.1:5432\"",
                "line 5, database.password-file: is missing; give password-file, or password-env with a variable's name",
                "line 5, database.password: unknown key; did you mean password-env? known here: name, user,"
                        + " password-file, password-env",
                "line 7, maps.kv.value-format: is \"xml\"; expected: text, json, binary",
                "line 8, maps.*: this name is \"*\"; expected: one Hazelcast map's name, without wildcards; names"
                        + " starting with __ are Hazelcast's own");
    }

    @Test
    void an_unknown_key_is_refused_with_the_one_that_was_probably_meant() {
        settings.refuses(
                SHORTEST + "connections: {poolSize: 4}\nfoo: 1\n",
                "line 9, connections.poolSize: unknown key; did you mean pool-size? known here: tls,"
                        + " root-certificate, pool-size, connect-timeout, socket-timeout, start-timeout",
                "line 10, foo: unknown key; known here: grid, partitions, members, strict-lease, database,"
                        + " migration, shards, connections, write, read, attempts, fallback, maps");
    }

    @Test
    void the_sections_that_must_be_there_are_named() {
        settings.refuses(
                "grid: throughline\n",
                "line 1, database.password-file: is missing; give password-file, or password-env with a variable's name",
                "line 1, shards: names no shard; at least one is needed",
                "line 1, maps: names no map; at least one is needed");
    }

    @Test
    void a_section_without_keys_is_refused_rather_than_guessed_at() {
        settings.refuses(
                SHORTEST + "write:\n",
                "line 9, write: holds nothing where keys are expected, indented below it; to take the defaults leave it"
                        + " out");
    }

    @Test
    void numbers_outside_their_bounds_are_refused_with_the_reason() {
        settings.refuses(
                SHORTEST
                        + "connections: {pool-size: 101}\nread: {lanes: 0, queue-limit: 2.5}\nwrite: {batch-limit: 010}\n",
                "line 9, connections.pool-size: 101 is outside 4 to 100: every member opens this many connections to"
                        + " every shard; the default is 5",
                "line 10, read.queue-limit: is 2.5 where a whole number from 1 to 1000000 is expected; the default is"
                        + " 20000",
                "line 10, read.lanes: 0 is outside 1 to 16: each lane keeps a connection busy; the default is 2",
                "line 11, write.batch-limit: is 010 where a whole number from 1 to 10000 is expected; the default is 256");
    }

    @Test
    void times_need_a_unit_and_have_bounds() {
        settings.refuses(
                SHORTEST
                        + "write: {timeout: 15}\nread: {timeout: 2h}\nconnections: {connect-timeout: 1500ms, start-timeout: soon}\n",
                "line 9, write.timeout: is 15 where a time with its unit is expected, such as 15s or 250ms; units are"
                        + " ms, s, m and h",
                "line 10, read.timeout: \"2h\" is outside 1s to 600s: what is in flight when a primary is replaced is"
                        + " sent again for this long; the default is 15s",
                "line 11, connections.connect-timeout: is \"1500ms\" where whole seconds are expected, such as 2s: the"
                        + " PostgreSQL driver counts in them",
                "line 11, connections.start-timeout: is \"soon\" where a time with its unit is expected, such as 30s or"
                        + " 250ms; units are ms, s, m and h");
    }

    @Test
    void limits_that_contradict_each_other_are_refused() {
        settings.refuses(
                SHORTEST
                        + "connections: {pool-size: 4, socket-timeout: 20s}\nwrite: {timeout: 15s}\nread: {timeout: 21s, queue-limit: 10}\n",
                "line 9, connections.pool-size: 4 is below 5: each of the 2 read lanes (read.lanes), the write lane, the"
                        + " writer's keeper and health keep one connection",
                "line 10, write.timeout: 15s isn't longer than connections.socket-timeout (20s): after a silent"
                        + " connection was given up there would be no time to send again",
                "line 11, read.batch-limit: 256 is above queue-limit (10): such a batch can never fill");
    }

    @Test
    void text_that_yaml_takes_for_something_else_wants_quotes() {
        settings.refuses(
                SHORTEST.replace("database:", "database:\n  name: 2024\n  user: true"),
                "line 2, database.name: is 2024 where text is expected; write \"2024\" in quotes",
                "line 3, database.user: is true where text is expected; write \"true\" in quotes");
    }

    @Test
    void words_that_only_some_versions_of_yaml_take_for_true_are_refused() {
        settings.refuses(
                SHORTEST + "strict-lease: yes\n",
                "line 9, strict-lease: is yes where true or false is expected; the default is false");
    }

    @Test
    void the_role_that_serves_clients_may_not_migrate() {
        settings.refuses(
                SHORTEST + "migration: {user: throughline, password-file: secrets/throughline.password}\n",
                "line 9, migration.user: is throughline, as is database.user; the role that serves clients must not be"
                        + " able to change tables");
    }

    @Test
    void a_node_belongs_to_one_shard() {
        settings.refuses(
                """
                database: {password-file: secrets/throughline.password}
                shards:
                  shard-1: {hosts: ["db1:5432", "DB1:5432"]}
                  shard-2: {hosts: ["db2:5432", "db1:5432"]}
                maps: {kv: {value-format: text}}
                """,
                "line 3, shards.shard-1.hosts[1]: DB1:5432 is listed twice",
                "line 4, shards.shard-2.hosts[1]: db1:5432 is listed for shard-1 too; a node belongs to one shard");
    }

    @Test
    void a_shard_needs_hosts_and_a_name_that_metrics_can_carry() {
        settings.refuses(
                """
                database: {password-file: secrets/throughline.password}
                shards:
                  Shard_1: {hosts: ["db1:5432"]}
                  shard-2: {hosts: []}
                  shard-3: {}
                  shard-4: {hosts: "db4:5432"}
                maps: {kv: {value-format: text}}
                """,
                "line 3, shards.Shard_1: this name is \"Shard_1\"; expected: 1 to 63 lower-case letters, digits and"
                        + " dashes, as it names metrics and log lines",
                "line 4, shards.shard-2.hosts: is empty; list the primary and its standbys, such as [\"db1:5432\","
                        + " \"db2:5432\", \"db3:5432\"]",
                "line 5, shards.shard-3.hosts: is missing; list the primary and its standbys, such as [\"db1:5432\","
                        + " \"db2:5432\", \"db3:5432\"]",
                "line 6, shards.shard-4.hosts: is \"db4:5432\"; list the primary and its standbys, such as"
                        + " [\"db1:5432\", \"db2:5432\", \"db3:5432\"]");
    }

    @Test
    void every_shard_needs_a_partition() {
        settings.refuses(
                """
                partitions: 1
                database: {password-file: secrets/throughline.password}
                shards: {shard-1: {hosts: ["db1:5432"]}, shard-2: {hosts: ["db2:5432"]}}
                maps: {kv: {value-format: text}}
                """, "line 1, partitions: 1 can't be shared among 2 shards; each needs one partition at least");
    }

    @Test
    void schemas_are_plain_names_that_nobody_else_uses() {
        settings.refuses(
                """
                database: {password-file: secrets/throughline.password}
                shards: {shard-1: {hosts: ["db1:5432"]}}
                maps:
                  public: {value-format: text}
                  user-sessions: {value-format: text}
                  a: {value-format: text, schema: throughline}
                  b: {value-format: text, schema: pg_b}
                  c: {value-format: text, schema: shared}
                  d: {value-format: text, schema: shared}
                  e: {value-format: text, schema: %s}
                """.formatted("e".repeat(64)),
                "line 4, maps.public.schema: is missing, and the map's name can't stand in for it; expected: 1 to 63"
                        + " lower-case letters, digits and underscores, not starting with a digit or pg_, and not"
                        + " throughline, public or information_schema; for example schema: map_public",
                "line 5, maps.user-sessions.schema: is missing, and the map's name can't stand in for it; expected: 1 to"
                        + " 63 lower-case letters, digits and underscores, not starting with a digit or pg_, and not"
                        + " throughline, public or information_schema; for example schema: user_sessions",
                "line 6, maps.a.schema: is \"throughline\"; expected: 1 to 63 lower-case letters, digits and"
                        + " underscores, not starting with a digit or pg_, and not throughline, public or"
                        + " information_schema",
                "line 7, maps.b.schema: is \"pg_b\"; expected: 1 to 63 lower-case letters, digits and underscores, not"
                        + " starting with a digit or pg_, and not throughline, public or information_schema",
                "line 9, maps.d.schema: is shared, which is the schema of map c already; each map needs a schema of its"
                        + " own",
                "line 10, maps.e.schema: is \"" + "e".repeat(64)
                        + "\"; expected: 1 to 63 lower-case letters, digits and"
                        + " underscores, not starting with a digit or pg_, and not throughline, public or"
                        + " information_schema");
    }

    @Test
    void a_map_whose_default_schema_is_taken_is_told_so() {
        settings.refuses(
                """
                database: {password-file: secrets/throughline.password}
                shards: {shard-1: {hosts: ["db1:5432"]}}
                maps:
                  first: {value-format: text, schema: kv}
                  kv: {value-format: text, max-value-bytes: 0}
                """,
                "line 5, maps.kv.schema: is kv, which is the schema of map first already; each map needs a schema of its"
                        + " own",
                "line 5, maps.kv.max-value-bytes: 0 is outside 1 to 67108864: a value is in memory on three members and"
                        + " travels in one statement with others; the default is 1048576");
    }

    @Test
    void a_map_needs_a_value_format() {
        settings.refuses(
                SHORTEST.replace("value-format: text", "schema: kv"),
                "line 8, maps.kv.value-format: is missing; expected: text, json, binary");
    }
}
