package io.throughline.localpostgres.postmaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PidFileTest {

    @Test
    void a_server_that_takes_connections_says_so() {
        List<String> lines =
                List.of("4711", "/grid/data", "1764000000", "15432", "", "127.0.0.1", "  3147  0 ", "ready   ");
        assertThat(PidFile.parse(lines)).contains(new PidFile(4711, 15432, true));
    }

    @Test
    void one_that_still_starts_is_not_ready() {
        List<String> lines =
                List.of("4711", "/grid/data", "1764000000", "15432", "", "127.0.0.1", "  3147  0 ", "starting");
        assertThat(PidFile.parse(lines)).contains(new PidFile(4711, 15432, false));
        assertThat(PidFile.parse(List.of("4711", "/grid/data", "1764000000"))).contains(new PidFile(4711, 0, false));
    }

    @Test
    void half_a_file_says_nothing() {
        assertThat(PidFile.parse(List.of())).isEmpty();
        assertThat(PidFile.parse(List.of(""))).isEmpty();
    }
}
