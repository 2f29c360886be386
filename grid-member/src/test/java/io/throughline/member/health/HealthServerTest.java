package io.throughline.member.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = HealthServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Map.of(
                        "/well", () -> Page.json(200, Map.of("well", true)),
                        "/unwell", () -> Page.json(503, Map.of("well", false)),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("of no concern to callers");
                                }));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_page_is_served_with_its_status() throws Exception {
        assertThat(send("GET", "/well"))
                .returns(200, HttpResponse::statusCode)
                .returns("{\"well\":true}\n", HttpResponse::body);
        assertThat(send("GET", "/unwell")).returns(503, HttpResponse::statusCode);
    }

    @Test
    void head_has_the_status_and_no_body() throws Exception {
        assertThat(send("HEAD", "/unwell"))
                .returns(503, HttpResponse::statusCode)
                .returns("", HttpResponse::body);
    }

    @Test
    void nothing_can_be_posted() throws Exception {
        HttpResponse<String> answer = send("POST", "/well");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void an_unknown_path_lists_the_known_ones() throws Exception {
        assertThat(send("GET", "/wel"))
                .returns(404, HttpResponse::statusCode)
                .returns("there is /broken, /unwell, /well\n", HttpResponse::body);
    }

    @Test
    void a_defect_is_not_shown_to_callers() throws Exception {
        HttpResponse<String> answer = send("GET", "/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("concern");
    }

    @Test
    void callers_that_send_nothing_are_cut_off() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.address().getPort());
            socket.getOutputStream().write("GET /wel".getBytes(StandardCharsets.US_ASCII));
            silent.add(socket);
        }

        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(send("GET", "/well").statusCode()).isEqualTo(200));
        for (Socket socket : silent) {
            socket.close();
        }
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(2))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
