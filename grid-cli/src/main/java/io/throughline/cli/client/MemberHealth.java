package io.throughline.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.folder.GridState;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * What a member says of itself.
 *
 * @param reason why it isn't ready, else empty
 */
public record MemberHealth(boolean ready, String reason) {

    private static final int ANSWER_MILLIS = 2_000;

    public static MemberHealth of(GridState.Member member) {
        if (member.health().isEmpty()) {
            return new MemberHealth(false, member.pid() == 0 ? "it does not run" : "it is starting");
        }
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(member.health()).resolve("/health/ready").toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream body = ready ? connection.getInputStream() : connection.getErrorStream()) {
                JsonNode answer = new ObjectMapper().readTree(body);
                return new MemberHealth(
                        ready, ready ? "" : answer.path("reason").asText("it gives no reason"));
            }
        } catch (IOException e) {
            return new MemberHealth(false, "it does not answer (" + e.getMessage() + ")");
        }
    }
}
