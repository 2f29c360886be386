package io.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.throughline.examples.boot.NotesApplication;
import io.throughline.member.SharedGrid;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(SharedGrid.Once.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesApplicationTest {

    private final SharedGrid grid;
    private final ConfigurableApplicationContext application;
    private final HttpClient http = HttpClient.newHttpClient();

    NotesApplicationTest(SharedGrid grid) {
        this.grid = grid;
        this.application = SpringApplication.run(
                NotesApplication.class,
                "--server.port=0",
                "--throughline.file=" + grid.configDirectory().resolve("throughline.yaml"),
                "--throughline.hazelcast-file=" + grid.configDirectory().resolve("hazelcast.yaml"));
    }

    @Test
    void a_note_is_a_row_and_every_client_reads_it() throws Exception {
        String note = grid.freshKey();

        assertThat(send(note, "PUT", "buy milk").statusCode()).isEqualTo(200);

        assertThat(send(note, "GET", "").body()).isEqualTo("buy milk");
        assertThat(grid.client().getMap("kv").get(note)).isEqualTo("buy milk");
        assertThat(grid.sqlOf(note).one("SELECT value FROM kv.entries WHERE key = ?", note))
                .isEqualTo("buy milk");
    }

    @Test
    void a_note_that_was_removed_is_not_found() throws Exception {
        String note = grid.freshKey();
        send(note, "PUT", "buy milk");

        send(note, "DELETE", "");

        assertThat(send(note, "GET", "").statusCode()).isEqualTo(404);
    }

    @Test
    void its_health_is_up_and_counts_four_members() throws Exception {
        HttpResponse<String> health = get("/actuator/health/throughline");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"UP\"").contains("\"members\":4");
    }

    @Test
    void it_is_one_member_and_spring_starts_no_other() {
        assertThat(Hazelcast.getAllHazelcastInstances()).hasSize(1);
        assertThat(grid.client().getCluster().getMembers()).hasSize(4);
    }

    @AfterAll
    void it_leaves_when_its_context_is_closed() {
        application.close();

        assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(grid.client().getCluster().getMembers()).hasSize(3));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String note, String method, String text)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/notes/" + note))
                .method(method, BodyPublishers.ofString(text))
                .header("Content-Type", "text/plain")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
    }
}
