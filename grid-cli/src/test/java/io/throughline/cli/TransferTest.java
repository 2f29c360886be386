package io.throughline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.cli.fixture.Grids;
import io.throughline.cli.fixture.Result;
import io.throughline.cli.fixture.SharedGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Import into a running grid and export out of it. */
@ExtendWith(Grids.class)
class TransferTest {

    private final SharedGrid grid;

    TransferTest(SharedGrid grid) {
        this.grid = grid;
    }

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(grid.newFile(name), lines);
    }

    private Set<String> exported(String map, String name, String prefix) throws IOException {
        Path file = grid.newFile(name);
        grid.grid("export", map, file.toString(), "--restart").expect(ExitCode.DONE);
        assertThat(grid.newFile(name + ".checkpoint")).doesNotExist();
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains(prefix))
                .collect(Collectors.toSet());
    }

    @Test
    void ndjson_goes_in_and_comes_out_the_same() throws IOException {
        List<String> lines = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"key\":\"n-" + i + "\",\"value\":\"ä " + i + " \\n€\"}")
                .toList();
        Path file = file("in.ndjson", lines);

        JsonNode report = grid.grid("import", "kv", file.toString(), "--json")
                .expect(ExitCode.DONE)
                .json();

        assertThat(report.path("written").asInt()).isEqualTo(3_000);
        assertThat(exported("kv", "out.ndjson", "\"n-")).isEqualTo(Set.copyOf(lines));
    }

    @Test
    void csv_goes_in_and_comes_out_the_same() throws IOException {
        Path file = file("in.csv", List.of("id,ignored,body", "c-1,x,\"a,b \"\"c\"\"\"", "c-2,x,", "c-3,x,plain"));

        grid.grid("import", "kv", file.toString(), "--key-column", "id", "--value-column", "body")
                .expect(ExitCode.DONE);

        assertThat(exported("kv", "out.csv", "c-"))
                .containsExactlyInAnyOrder("c-1,\"a,b \"\"c\"\"\"", "c-2,\"\"", "c-3,plain");
    }

    @Test
    void documents_and_bytes_keep_every_byte() throws IOException {
        List<String> documents =
                List.of("{\"key\":\"j-1\",\"value\":{ \"x\": 1.00, \"x\":[] }}", "{\"key\":\"j-2\",\"value\":null}");
        grid.grid("import", "documents", file("docs.ndjson", documents).toString())
                .expect(ExitCode.DONE);
        assertThat(exported("documents", "docs-out.ndjson", "\"j-")).isEqualTo(Set.copyOf(documents));

        String base64 = Base64.getEncoder().encodeToString(new byte[] {0, -1, 10, 13});
        List<String> bytes =
                List.of("{\"key\":\"y-1\",\"value\":\"" + base64 + "\"}", "{\"key\":\"y-2\",\"value\":\"\"}");
        grid.grid("import", "blobs", file("bytes.ndjson", bytes).toString()).expect(ExitCode.DONE);
        assertThat(exported("blobs", "bytes-out.ndjson", "\"y-")).isEqualTo(Set.copyOf(bytes));
    }

    @Test
    void a_malformed_line_ends_the_import_which_goes_on_from_there_once_it_is_mended() throws IOException {
        Path file = file(
                "bad.ndjson",
                List.of("{\"key\":\"m-1\",\"value\":\"1\"}", "{\"key\":\"m-2\"", "{\"key\":\"m-3\",\"value\":\"3\"}"));

        Result first = grid.grid("import", "kv", file.toString()).expect(ExitCode.BAD_INPUT);
        assertThat(first.err()).contains("line 2: not JSON").contains("goes on from line 2");

        file(
                "bad.ndjson",
                List.of(
                        "{\"key\":\"m-1\",\"value\":\"1\"}",
                        "{\"key\":\"m-2\",\"value\":\"2\"}",
                        "{\"key\":\"m-3\",\"value\":\"3\"}"));
        Result second = grid.grid("import", "kv", file.toString(), "--json").expect(ExitCode.DONE);
        assertThat(second.json().path("fromLine").asInt()).isEqualTo(2);
        assertThat(second.json().path("written").asInt()).isEqualTo(2);
        assertThat(grid.newFile("bad.ndjson.checkpoint")).doesNotExist();
        assertThat(grid.grid("get", "kv", "m-3").expect(ExitCode.DONE).out()).contains("3");
    }

    @Test
    void skip_bad_leaves_out_malformed_and_refused_entries_and_names_them() throws IOException {
        Path file = file(
                "skip.ndjson",
                List.of(
                        "{\"key\":\"s-1\",\"value\":\"1\"}",
                        "nonsense",
                        "{\"key\":\"\",\"value\":\"no key\"}",
                        "{\"key\":\"s-4\",\"value\":\"4\"}"));

        Result result = grid.grid("import", "kv", file.toString(), "--skip-bad", "--json")
                .expect(ExitCode.DONE);

        assertThat(result.json().path("written").asInt()).isEqualTo(2);
        assertThat(result.json().path("skipped").asInt()).isEqualTo(2);
        assertThat(result.err()).contains("line 2: not JSON").contains("line 3: [REFUSED KEY_INVALID]");
        grid.grid("get", "kv", "s-4").expect(ExitCode.DONE);
    }

    @Test
    void a_checkpoint_of_another_file_is_not_gone_on_with() throws IOException {
        Path file = file("other.ndjson", List.of("{\"key\":\"o-1\",\"value\":\"1\"}", "nonsense"));
        grid.grid("import", "kv", file.toString()).expect(ExitCode.BAD_INPUT);
        file("other.ndjson", List.of("{\"key\":\"p-1\",\"value\":\"1\"}", "{\"key\":\"p-2\",\"value\":\"1\"}"));

        assertThat(grid.grid("import", "kv", file.toString())
                        .expect(ExitCode.BAD_INPUT)
                        .err())
                .contains("another import")
                .contains("--restart");
        assertThat(grid.grid("import", "kv", file.toString(), "--restart", "--json")
                        .expect(ExitCode.DONE)
                        .json()
                        .path("written")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void of_a_key_that_comes_often_the_last_entry_wins() throws IOException {
        List<String> lines = IntStream.range(0, 100)
                .mapToObj(i -> "{\"key\":\"often-" + i % 3 + "\",\"value\":\"" + i + "\"}")
                .toList();

        grid.grid("import", "kv", file("often.ndjson", lines).toString()).expect(ExitCode.DONE);

        assertThat(exported("kv", "often-out.ndjson", "\"often-"))
                .containsExactlyInAnyOrderElementsOf(lines.subList(97, 100));
    }

    @Test
    void an_export_goes_on_behind_what_its_checkpoint_says_was_written() throws IOException {
        List<String> lines = IntStream.range(0, 200)
                .mapToObj(i -> "{\"key\":\"r-%03d\",\"value\":{}}".formatted(i))
                .toList();
        grid.grid("import", "documents", file("resume-in.ndjson", lines).toString())
                .expect(ExitCode.DONE);
        Path file = Files.writeString(grid.newFile("resumed.ndjson"), "kept\nwritten after the checkpoint");
        Files.writeString(grid.newFile("resumed.ndjson.checkpoint"), """
                {"map":"documents","format":"NDJSON","bytes":5,"entries":1,"ranges":[
                 {"shard":"shard-1","after":null,"to":null,"last":"x","done":true},
                 {"shard":"shard-2","after":"r-","to":"r-150","last":"r-099","done":false}]}""");

        Result result =
                grid.grid("export", "documents", file.toString(), "--json").expect(ExitCode.DONE);

        assertThat(result.err()).contains("going on behind 1 entries");
        List<String> resumed = Files.readAllLines(file);
        assertThat(resumed.get(0)).isEqualTo("kept");
        assertThat(resumed.subList(1, resumed.size())).isNotEmpty().isSorted().isSubsetOf(lines.subList(100, 151));
        assertThat(result.json().path("entries").asInt()).isEqualTo(resumed.size());
        assertThat(grid.newFile("resumed.ndjson.checkpoint")).doesNotExist();
    }

    @Test
    void a_checkpoint_of_another_export_is_not_gone_on_with() throws IOException {
        Path file = Files.writeString(grid.newFile("mixed.ndjson"), "kept");
        Files.writeString(
                grid.newFile("mixed.ndjson.checkpoint"),
                "{\"map\":\"blobs\",\"format\":\"CSV\",\"bytes\":4,\"entries\":1,\"ranges\":[]}");

        assertThat(grid.grid("export", "kv", file.toString())
                        .expect(ExitCode.BAD_INPUT)
                        .err())
                .contains("of map blobs")
                .contains("--restart");
        Files.writeString(grid.newFile("mixed.ndjson.checkpoint"), "{");
        assertThat(grid.grid("export", "kv", file.toString())
                        .expect(ExitCode.BAD_INPUT)
                        .err())
                .contains("can't be read");
    }

    @Test
    void an_export_does_not_write_over_a_file_unasked() throws IOException {
        Path file = file("precious.csv", List.of("mine"));

        assertThat(grid.grid("export", "kv", file.toString())
                        .expect(ExitCode.FAILED)
                        .err())
                .contains("already there")
                .contains("--restart");
        assertThat(file).hasContent("mine");
    }

    @Test
    void to_and_from_standard_streams() {
        Result out = grid.launch("export", "blobs", "-", "--format", "csv").expect(ExitCode.DONE);

        assertThat(out.out()).startsWith("key,value\n");
        assertThat(out.err()).contains("entries");
        assertThat(grid.launch("import", "kv", "-", "--format", "ndjson")
                        .expect(ExitCode.DONE)
                        .out())
                .contains("0 entries");
    }
}
