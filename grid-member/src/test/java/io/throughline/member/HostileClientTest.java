package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.gadget.Gadget;
import com.hazelcast.map.IMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGrid.Once.class)
class HostileClientTest {

    @TempDir
    Path directory;

    private final SharedGrid grid;

    HostileClientTest(SharedGrid grid) {
        this.grid = grid;
    }

    @Test
    void an_object_of_a_class_that_is_not_listed_is_never_made() {
        Path harm = directory.resolve("harm");
        IMap<String, Object> kv = grid.client().getMap("kv");

        assertThatThrownBy(() -> kv.set(grid.freshKey(), new Gadget(harm)))
                .hasStackTraceContaining("Resolving class com.example.gadget.Gadget is not allowed");
        assertThat(harm).doesNotExist();
    }

    @Test
    void a_task_that_a_client_sends_is_not_run() {
        Path harm = directory.resolve("harm");

        assertThatThrownBy(() -> grid.client()
                        .getExecutorService("any")
                        .submit(new Gadget(harm))
                        .get())
                .hasStackTraceContaining("Resolving class com.example.gadget.Gadget is not allowed");
        assertThat(harm).doesNotExist();
    }

    @Test
    void a_member_listens_on_loopback_only() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "only Linux tells sockets in /proc");
        List<String> sockets = socketsOf(grid.member(1).pid());

        assertThat(listening("/proc/net/tcp", sockets)).hasSize(2).allMatch(address -> address.startsWith("0100007F:"));
        assertThat(listening("/proc/net/tcp6", sockets)).isEmpty();
    }

    private static List<String> socketsOf(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.map(HostileClientTest::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    /** Local addresses, in hexadecimal, of those sockets that listen (state 0A). */
    private static List<String> listening(String table, List<String> sockets) throws IOException {
        return Files.readAllLines(Path.of(table)).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(column -> column[3].equals("0A") && sockets.contains(column[9]))
                .map(column -> column[1])
                .toList();
    }
}
