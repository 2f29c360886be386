package io.throughline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.fixture.Grids;
import io.throughline.cli.fixture.Result;
import io.throughline.cli.fixture.SharedGrid;
import io.throughline.cli.folder.GridDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user does with a grid that runs. */
@ExtendWith(Grids.class)
class RunningGridTest {

    private final SharedGrid grid;

    RunningGridTest(SharedGrid grid) {
        this.grid = grid;
    }

    @Test
    void a_value_that_was_put_is_got_and_after_remove_it_is_not() {
        grid.grid("put", "kv", "first", "grüß dich").expect(ExitCode.DONE);
        assertThat(grid.grid("get", "kv", "first").expect(ExitCode.DONE).out().strip())
                .isEqualTo("grüß dich");

        grid.grid("remove", "kv", "first").expect(ExitCode.DONE);
        Result gone = grid.grid("get", "kv", "first").expect(ExitCode.NO);
        assertThat(gone.out()).isEmpty();
        assertThat(gone.err()).contains("no key 'first'");
    }

    @Test
    void json_output_says_the_same() {
        assertThat(grid.grid("put", "kv", "json", "1", "--json")
                        .expect(ExitCode.DONE)
                        .json()
                        .path("outcome")
                        .asText())
                .isEqualTo("written");
        JsonNode got =
                grid.grid("get", "kv", "json", "--json").expect(ExitCode.DONE).json();
        assertThat(got.path("present").asBoolean()).isTrue();
        assertThat(got.path("value").asText()).isEqualTo("1");
        assertThat(grid.grid("get", "kv", "absent", "--json")
                        .expect(ExitCode.NO)
                        .json()
                        .path("present")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_json_document_reads_back_byte_for_byte() {
        String document = "{ \"b\": 1.00,\"a\":[1e400 ] }";
        grid.grid("put", "documents", "d", document).expect(ExitCode.DONE);

        assertThat(grid.grid("get", "documents", "d")
                        .expect(ExitCode.DONE)
                        .out()
                        .strip())
                .isEqualTo(document);
    }

    @Test
    void bytes_go_in_from_a_file_and_come_out_into_one() throws IOException {
        byte[] bytes = {0, 1, (byte) 0xff, '\n', 0};
        Path in = Files.write(grid.newFile("in.bin"), bytes);
        Path out = grid.newFile("out.bin");

        grid.grid("put", "blobs", "b", "--file", in.toString()).expect(ExitCode.DONE);

        assertThat(grid.grid("get", "blobs", "b").expect(ExitCode.DONE).out().strip())
                .isEqualTo("AAH/CgA=");
        grid.grid("get", "blobs", "b", "--out", out.toString()).expect(ExitCode.DONE);
        assertThat(out).hasBinaryContent(bytes);
        grid.grid("put", "blobs", "b", "AAE=").expect(ExitCode.DONE);
        assertThat(grid.grid("put", "blobs", "b", "no base64!")
                        .expect(ExitCode.BAD_INPUT)
                        .err())
                .contains("--file");
    }

    @Test
    void what_the_grid_refuses_ends_with_its_code_and_stores_nothing() {
        assertThat(grid.grid("put", "kv", "k".repeat(513), "v")
                        .expect(ExitCode.REFUSED)
                        .err())
                .contains("[REFUSED KEY_INVALID]");
        assertThat(grid.grid("put", "documents", "bad", "{")
                        .expect(ExitCode.REFUSED)
                        .err())
                .contains("[REFUSED VALUE_JSON_INVALID]");
        grid.grid("get", "documents", "bad").expect(ExitCode.NO);
    }

    @Test
    void an_unknown_map_is_named_with_those_that_there_are() {
        assertThat(grid.grid("get", "cache", "a").expect(ExitCode.USAGE).err())
                .contains("no map 'cache'")
                .contains("kv, documents, blobs");
    }

    @Test
    void where_shows_partition_members_shard_and_the_row_on_every_node() {
        grid.grid("put", "kv", "lost?", "here").expect(ExitCode.DONE);

        JsonNode where =
                grid.grid("where", "lost?", "--json").expect(ExitCode.DONE).json();

        assertThat(where.path("partition").asInt()).isBetween(0, 270);
        assertThat(where.path("owner").asText()).startsWith("member-");
        assertThat(where.path("copies").asText().split(", "))
                .hasSize(2)
                .doesNotContain(where.path("owner").asText());
        assertThat(where.path("shard").asText()).startsWith("shard-");
        assertThat(where.path("rows")).hasSize(3).allSatisfy(row -> {
            assertThat(row.path("value").asText()).isEqualTo("here");
            assertThat(row.path("partition").asInt())
                    .isEqualTo(where.path("partition").asInt());
        });
        assertThat(where.path("rows").findValuesAsText("role"))
                .containsExactlyInAnyOrder("primary", "standby", "standby");
        assertThat(grid.grid("where", "never put").expect(ExitCode.DONE).out()).contains("no row");
    }

    @Test
    void status_names_every_member_and_node_with_address_role_and_process() {
        JsonNode status = grid.grid("status", "--json").expect(ExitCode.DONE).json();

        assertThat(status.path("ready").asBoolean()).isTrue();
        assertThat(ProcessHandle.of(status.path("upPid").asLong())).isPresent();
        assertThat(status.path("members")).hasSize(3).allSatisfy(member -> {
            assertThat(member.path("ready").asBoolean()).isTrue();
            assertThat(member.path("address").asText()).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(member.path("health").asText()).startsWith("http://127.0.0.1:");
            assertThat(ProcessHandle.of(member.path("pid").asLong())).isPresent();
        });
        assertThat(status.path("shards")).hasSize(2).allSatisfy(shard -> {
            assertThat(shard.path("writable").asBoolean()).isTrue();
            assertThat(shard.path("nodes").findValuesAsText("role"))
                    .containsExactlyInAnyOrder("primary", "standby", "standby");
            assertThat(shard.path("nodes").findValuesAsText("sync")).containsExactly("quorum", "quorum");
            assertThat(shard.path("nodes"))
                    .allSatisfy(
                            node -> assertThat(ProcessHandle.of(node.path("pid").asLong()))
                                    .isPresent());
        });
        assertThat(grid.grid("status").expect(ExitCode.DONE).out())
                .contains("ready", "member-3", "shard-2/node-3", "2 synchronous standbys");
    }

    @Test
    void the_addresses_that_up_prints_are_those_that_a_client_connects_to() {
        Matcher addresses =
                Pattern.compile("addAddress\\((.*)\\)").matcher(grid.up().out());
        assertThat(addresses.find()).isTrue();
        ClientConfig config = new ClientConfig().setClusterName("throughline");
        config.getNetworkConfig()
                .addAddress(addresses.group(1).replace("\"", "").split(", "));

        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        try {
            client.getMap("kv").put("snippet", "works");
        } finally {
            client.shutdown();
        }

        assertThat(grid.grid("get", "kv", "snippet").expect(ExitCode.DONE).out())
                .contains("works");
    }

    @Test
    void a_second_up_on_the_folder_is_refused_with_the_process_that_has_it() {
        long pid = grid.grid("status", "--json").json().path("upPid").asLong();

        assertThat(grid.launch("up").expect(ExitCode.BUSY).err())
                .contains("pid " + pid)
                .contains("./grid down");
        assertThat(grid.launch("up", "--detach").expect(ExitCode.BUSY).err()).contains("pid " + pid);
        grid.grid("status").expect(ExitCode.DONE);
    }

    @Test
    void logs_are_those_of_each_member_and_node() {
        assertThat(grid.grid("logs", "member-1", "-n", "500")
                        .expect(ExitCode.DONE)
                        .out())
                .contains("throughline");
        assertThat(grid.grid("logs", "shard-1/node-1", "-n", "500")
                        .expect(ExitCode.DONE)
                        .out())
                .contains("database system is ready");
        assertThat(grid.grid("logs", "-n", "1").expect(ExitCode.DONE).out())
                .contains("member-2", "shard-2/node-3", "up");
        assertThat(grid.grid("logs", "member-9").expect(ExitCode.USAGE).err())
                .contains("member-9")
                .contains("member-1");
    }

    @Test
    void from_the_shell_a_put_is_got_by_another_process() {
        grid.launch("put", "kv", "shell", "yes").expect(ExitCode.DONE);

        Result got = grid.launch("get", "kv", "shell").expect(ExitCode.DONE);
        assertThat(got.out()).isEqualTo("yes\n");
        assertThat(got.err()).isEmpty();
    }

    @Test
    void the_members_configuration_has_no_right_to_change_the_schema() throws IOException {
        GridDirectory directory = GridDirectory.at(grid.directory());

        assertThat(Files.readString(directory.throughlineYaml()))
                .doesNotContain("owner")
                .doesNotContain("migration");
        assertThat(Files.readString(directory.hazelcastYaml())).contains("127.0.0.1:");
    }
}
