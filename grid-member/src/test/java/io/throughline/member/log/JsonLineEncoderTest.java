package io.throughline.member.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLineEncoderTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void an_event_is_one_line_whatever_it_says() throws JsonProcessingException {
        String line = encode("a \"quoted\"\nsecond line\t\u0001 ü", null);

        assertThat(line).endsWith("}\n").matches(text -> text.lines().count() == 1);
        JsonNode event = new ObjectMapper().readTree(line);
        assertThat(event.path("message").asText()).isEqualTo("a \"quoted\"\nsecond line\t\u0001 ü");
        assertThat(event.path("level").asText()).isEqualTo("WARN");
        assertThat(event.path("member").asText()).isEqualTo("member-1");
        assertThat(event.path("logger").asText()).isEqualTo("some.Logger");
        assertThat(event.path("time").asText()).endsWith("Z");
        assertThat(event.has("error")).isFalse();
    }

    @Test
    void an_error_carries_its_stack_and_causes() throws JsonProcessingException {
        JsonNode event =
                new ObjectMapper().readTree(encode("failed", new IllegalStateException("outer", new Error("inner"))));

        assertThat(event.path("error").asText())
                .contains("IllegalStateException: outer", "JsonLineEncoderTest", "Error: inner");
    }

    private String encode(String message, @Nullable Throwable error) {
        LoggingEvent event = new LoggingEvent("", context.getLogger("some.Logger"), Level.WARN, message, error, null);
        event.setMDCPropertyMap(Map.of());
        return new String(new JsonLineEncoder("member-1").encode(event), StandardCharsets.UTF_8);
    }
}
