package io.throughline.cli;

import static io.throughline.cli.fixture.InProcess.grid;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.cli.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What needs no grid: parsing, messages, exit codes. */
class CommandLineTest {

    @TempDir
    private Path folder = Path.of("");

    private String dir() {
        return folder.resolve("grid").toString();
    }

    private void gridJson(String content) throws IOException {
        Files.createDirectories(folder.resolve("grid"));
        Files.writeString(folder.resolve("grid/grid.json"), content);
    }

    @Test
    void every_command_has_help_with_examples() {
        for (Map.Entry<String, CommandLine> command :
                GridMain.commandLine().getSubcommands().entrySet()) {
            if (!command.getValue().getCommandSpec().usageMessage().hidden()) {
                Result help = grid(command.getKey(), "--help").expect(ExitCode.DONE);
                assertThat(help.out())
                        .as(command.getKey())
                        .contains("Examples:")
                        .contains("./grid " + command.getKey());
            }
        }
    }

    @Test
    void the_root_lists_every_exit_code() {
        String help = grid("--help").expect(ExitCode.DONE).out();

        for (ExitCode code : ExitCode.values()) {
            assertThat(help).contains(code.meaning());
        }
    }

    @Test
    void nothing_is_coloured_where_there_is_no_terminal() {
        assertThat(grid("--help").out() + grid("nonsense").err()).doesNotContain("\u001b[");
    }

    @Test
    void a_wrong_command_line_says_so_and_where_to_look() {
        assertThat(grid("sattus").expect(ExitCode.USAGE).err())
                .contains("sattus")
                .contains("status");
        assertThat(grid("put", "kv", "a").expect(ExitCode.USAGE).err())
                .contains("VALUE or --file")
                .contains("./grid put --help");
        assertThat(grid("put", "kv", "a", "b", "--file", "c")
                        .expect(ExitCode.USAGE)
                        .err())
                .contains("VALUE or --file");
        assertThat(grid("get", "kv").expect(ExitCode.USAGE).err()).contains("KEY");
        assertThat(grid().expect(ExitCode.USAGE).err()).contains("Which command");
        assertThat(grid("size", "--ttl", "soon").expect(ExitCode.USAGE).err()).contains("'soon' is no duration");
        assertThat(grid("size", "--copies", "3", "--members", "2")
                        .expect(ExitCode.USAGE)
                        .err())
                .contains("3 copies need 3 members");
        assertThat(grid("import", "kv", "data.txt").expect(ExitCode.USAGE).err())
                .contains("--format");
        assertThat(grid("import", "kv", "x.csv", "--in-flight", "0")
                        .expect(ExitCode.USAGE)
                        .err())
                .contains("1 or more");
        assertThat(grid("up", "--members", "0", "--dir", dir())
                        .expect(ExitCode.USAGE)
                        .err())
                .contains("1 to 20");
        assertThat(grid("up", "--heap", "lots", "--dir", dir())
                        .expect(ExitCode.USAGE)
                        .err())
                .contains("512m or 2g");
    }

    @Test
    void a_folder_without_a_grid_is_named_and_how_to_start_one() {
        for (String[] command : new String[][] {
            {"status"},
            {"down"},
            {"destroy", "--yes"},
            {"put", "kv", "a", "b"},
            {"get", "kv", "a"},
            {"remove", "kv", "a"},
            {"where", "a"},
            {"logs"},
            {"export", "kv", "x.csv"}
        }) {
            String[] arguments = java.util.Arrays.copyOf(command, command.length + 2);
            arguments[command.length] = "--dir";
            arguments[command.length + 1] = dir();
            assertThat(grid(arguments).expect(ExitCode.NOT_RUNNING).err())
                    .as(command[0])
                    .contains(dir())
                    .contains("./grid up");
        }
        assertThat(folder.resolve("grid")).doesNotExist();
    }

    @Test
    void a_grid_that_was_stopped_is_told_from_one_that_never_was() throws IOException {
        gridJson("{\"format\":1,\"phase\":\"stopped\",\"members\":[],\"shards\":[]}");

        assertThat(grid("status", "--dir", dir()).expect(ExitCode.NOT_RUNNING).out())
                .contains("stopped");
        assertThat(grid("status", "--json", "--dir", dir())
                        .expect(ExitCode.NOT_RUNNING)
                        .json()
                        .path("phase")
                        .asText())
                .isEqualTo("stopped");
        assertThat(grid("get", "kv", "a", "--dir", dir())
                        .expect(ExitCode.NOT_RUNNING)
                        .err())
                .contains("is stopped");
    }

    @Test
    void a_damaged_state_file_is_named() throws IOException {
        for (String content :
                new String[] {"", "{", "[]", "{\"format\":2}", "{\"format\":1}", "{\"format\":1,\"phase\":\"asleep\"}"
                }) {
            gridJson(content);
            for (String command : new String[] {"up", "status"}) {
                assertThat(grid(command, "--dir", dir()).expect(ExitCode.FAILED).err())
                        .as(content)
                        .contains("grid.json is damaged");
            }
        }
    }

    @Test
    void a_folder_that_is_not_a_grids_is_left_alone() throws IOException {
        Files.createDirectories(folder.resolve("grid"));
        Files.writeString(folder.resolve("grid/thesis.tex"), "years of work");

        assertThat(grid("up", "--dir", dir()).expect(ExitCode.FAILED).err())
                .contains("thesis.tex")
                .contains("empty or a new folder");
        assertThat(folder.resolve("grid/thesis.tex")).exists();
    }

    @Test
    void a_file_in_the_place_of_the_folder_is_refused() throws IOException {
        Files.writeString(folder.resolve("grid"), "");

        assertThat(grid("up", "--dir", dir()).expect(ExitCode.FAILED).err()).contains("is a file");
    }

    @Test
    void destroy_deletes_what_is_the_grids_and_nothing_else() throws IOException {
        gridJson("{\"format\":1,\"phase\":\"stopped\",\"members\":[],\"shards\":[]}");
        Files.createDirectories(folder.resolve("grid/config"));
        Files.writeString(folder.resolve("grid/notes.txt"), "mine");

        grid("destroy", "--yes", "--dir", dir()).expect(ExitCode.DONE);

        assertThat(folder.resolve("grid")).isDirectoryContaining("glob:**/notes.txt");
        assertThat(folder.resolve("grid/config")).doesNotExist();
        assertThat(folder.resolve("grid/grid.json")).doesNotExist();
    }

    @Test
    void size_prints_the_sum_and_the_same_as_json() {
        assertThat(grid("size").expect(ExitCode.DONE).out()).contains("12,500").contains("49 MiB");

        Result large = grid("size", "--puts", "100000", "--value-bytes", "2KiB", "--members", "5", "--json");
        assertThat(large.expect(ExitCode.DONE).json().path("totalBytes").asLong())
                .isEqualTo(500_000L * (20 + 2048 + 240) * 3 * 3);
    }

    @Test
    void the_completion_script_knows_commands_and_options() {
        assertThat(grid("completion").expect(ExitCode.DONE).out())
                .contains("complete -F")
                .contains("status")
                .contains("--skip-bad");
    }

    @Test
    void the_version_names_what_it_is_made_of() {
        assertThat(grid("--version").expect(ExitCode.DONE).out())
                .contains("Throughline")
                .contains("Hazelcast 5.7");
    }
}
