package io.throughline.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Asks a member until it has joined or is ready, or explains why it isn't. */
final class ReadyWait {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int ANSWER_MILLIS = 2_000;
    private static final int TAIL_BYTES = 2_000;
    private static final String COMPLAINT = "grid-member: ";

    private final MemberProcess member;
    private final ObjectMapper json = new ObjectMapper();

    ReadyWait(MemberProcess member) {
        this.member = member;
    }

    void untilJoined(Duration timeout) {
        await("hasn't joined", this::whyNotJoined, timeout);
    }

    void untilReady(Duration timeout) {
        await("isn't ready", this::whyNotReady, timeout);
    }

    /** @param question why not; empty if it is so */
    private void await(String missing, Supplier<String> question, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String reason = question.get();
        while (!reason.isEmpty()) {
            if (!member.isAlive()) {
                int status = member.exitCode().join();
                throw new MemberNotReadyException(
                        member + " ended with exit code " + status + ": " + complaint(), OptionalInt.of(status));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new MemberNotReadyException(
                        member + " " + missing + " after " + timeout.toSeconds() + " s: " + reason + " (log: "
                                + member.log() + ")",
                        OptionalInt.empty());
            }
            pause();
            reason = question.get();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MemberNotReadyException("interrupted while waiting", OptionalInt.empty());
        }
    }

    private String whyNotJoined() {
        return member.state()
                .map(state -> state.member().isEmpty() ? "it is starting" : "")
                .orElse("its JVM starts");
    }

    private String whyNotReady() {
        return member.state().map(state -> ask(URI.create(state.health()))).orElse("its JVM starts");
    }

    private String ask(URI health) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) health.resolve("/health/ready").toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream body = ready ? connection.getInputStream() : connection.getErrorStream()) {
                JsonNode answer = json.readTree(body);
                return ready ? "" : answer.path("reason").asText("no reason given");
            }
        } catch (IOException e) {
            return "its health doesn't answer (" + e.getMessage() + ")";
        }
    }

    /** What the member wrote before it ended: its own error line if there is one, else its last lines. */
    private String complaint() {
        String tail = tail();
        int from = tail.lastIndexOf(COMPLAINT);
        return from < 0
                ? tail
                : tail.substring(from + COMPLAINT.length()).lines().findFirst().orElse(tail);
    }

    private String tail() {
        try (RandomAccessFile log = new RandomAccessFile(member.log().toFile(), "r")) {
            log.seek(Math.max(0, log.length() - TAIL_BYTES));
            byte[] end = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(end);
            return new String(end, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(" + member.log() + " can't be read: " + e.getMessage() + ")";
        }
    }
}
