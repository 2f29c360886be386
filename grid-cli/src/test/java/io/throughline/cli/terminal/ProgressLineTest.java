package io.throughline.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void on_a_terminal_it_draws_over_itself_and_leaves_nothing_behind() {
        ProgressLine line = new ProgressLine(out, true);
        await().until(() -> {
            line.update(50, 100, 1_234);
            return bytes.size() > 0;
        });
        line.end();

        assertThat(bytes.toString(UTF_8))
                .contains(" 50 %")
                .contains("1,234 entries")
                .doesNotContain("\n");
        assertThat(bytes.toString(UTF_8)).endsWith("\r\u001b[K");
    }

    @Test
    void elsewhere_a_short_transfer_says_nothing() {
        ProgressLine line = new ProgressLine(out, false);
        line.update(1, 2, 1);
        line.end();

        assertThat(bytes.size()).isZero();
    }
}
