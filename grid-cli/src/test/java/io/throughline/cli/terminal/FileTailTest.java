package io.throughline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<String> lines = new ArrayList<>();

    @Test
    void it_begins_with_the_last_lines_and_goes_on_as_they_are_added() throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "1\n2\n3\n");
        FileTail tail = FileTail.fromEnd(file, 2);
        tail.read(lines::add);
        assertThat(lines).containsExactly("2", "3");

        Files.writeString(file, "4\nhalf", StandardOpenOption.APPEND);
        tail.read(lines::add);
        assertThat(lines).containsExactly("2", "3", "4");

        Files.writeString(file, " done\n", StandardOpenOption.APPEND);
        tail.read(lines::add);
        assertThat(lines).endsWith("half done");
    }

    @Test
    void one_that_is_made_anew_is_read_from_its_start() throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "old old old\n");
        FileTail tail = FileTail.fromStart(file);
        tail.read(lines::add);

        Files.writeString(file, "new\n");
        tail.read(lines::add);
        assertThat(lines).containsExactly("old old old", "new");
    }

    @Test
    void more_lines_than_there_are_is_all_of_them_and_none_of_a_file_that_is_not_there() throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "1\n2\n");
        FileTail.fromEnd(file, 50).read(lines::add);
        FileTail.fromEnd(folder.resolve("none"), 50).read(lines::add);
        assertThat(lines).containsExactly("1", "2");
    }

    @Test
    void long_files_and_no_lines_at_all() throws IOException {
        Path file = Files.writeString(
                folder.resolve("log"), "x".repeat(100).concat("\n").repeat(5_000));
        FileTail.fromEnd(file, 1_000).read(lines::add);
        assertThat(lines).hasSize(1_000).allMatch(line -> line.length() == 100);

        lines.clear();
        FileTail.fromEnd(file, 0).read(lines::add);
        assertThat(lines).isEmpty();
    }
}
