package io.throughline.member.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An HTTP answer. */
public record Page(int status, String contentType, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Page json(int status, Object body) {
        try {
            return new Page(status, "application/json", JSON.writeValueAsString(body) + "\n");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
