package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/clients.md shows a program; it is the one that runs here. */
@ExtendWith(SharedGrid.Once.class)
class PageTest {

    private static final String SOURCE = "src/test/java/io/throughline/member/clients/PageExample.java";

    @Test
    void the_program_on_the_page_runs(SharedGrid grid) {
        List<String> printed = new ArrayList<>();

        PageExample.run(
                grid.members().stream().map(MemberProcess::address).toList(),
                line -> printed.add(String.valueOf(line)));

        assertThat(printed).hasSize(3);
        assertThat(printed.get(0)).isEqualTo("hello");
        assertThat(printed.get(1)).contains("\"born\": 1815");
        assertThat(printed.get(2)).startsWith("[REFUSED KEY_INVALID] put of key '' in map 'kv' (partition ");
        Rows rows = new Rows(grid);
        rows.assertRow("kv", "greeting", "hello");
        rows.assertRow("documents", "ada", "{\"name\": \"Ada\", \"born\": 1815}");
    }

    @Test
    void the_page_shows_the_program_that_runs() throws IOException {
        List<String> onThePage = between(Path.of("../docs/clients.md"), "```java", "```").stream()
                .map(line -> line.startsWith("config.getNetworkConfig().addAddress(")
                        ? "addresses.forEach(config.getNetworkConfig()::addAddress);"
                        : line.replace("System.out.println(", "println.accept("))
                .toList();

        assertThat(onThePage).isEqualTo(between(Path.of(SOURCE), "// page begins", "// page ends"));
    }

    private static List<String> between(Path file, String first, String last) throws IOException {
        List<String> lines =
                Files.readAllLines(file).stream().map(String::strip).toList();
        List<String> after = lines.subList(lines.indexOf(first) + 1, lines.size());
        return after.subList(0, after.indexOf(last)).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
