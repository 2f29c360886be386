package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.localpostgres.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class HealthTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final SharedGrid grid;

    HealthTest(SharedGrid grid) {
        this.grid = grid;
    }

    @Test
    void a_member_is_ready_when_it_has_joined_and_its_partitions_and_every_shard_are_well() throws Exception {
        // another test class may have ended a member that came back after this one's last look
        JsonNode ready = await().until(() -> json.readTree(get("/health/ready").body()), HealthTest::allMembersAreSeen);

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(ready.path("reason").asText()).isEmpty();
        assertThat(ready.path("name").asText()).isEqualTo("member-1");
        assertThat(ready.path("member").asText()).isEqualTo(grid.member(1).address());
        assertThat(ready.path("checks").findValuesAsText("name"))
                .containsExactly("joined", "majority", "partitions", "shard-1", "shard-2");
        assertThat(check(ready, "shard-1").at("/details/primary").asText())
                .isEqualTo(grid.shards().shard("shard-1").primary().address());
        assertThat(check(ready, "shard-1").at("/details/synchronousStandbys").asInt())
                .isEqualTo(2);
    }

    @Test
    void a_member_that_runs_is_live() throws Exception {
        HttpResponse<String> answer = get("/health/live");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.readTree(answer.body()).path("phase").asText()).isEqualTo("serving");
    }

    @Test
    void a_shard_that_hangs_makes_members_unready_and_health_says_so_at_once() throws Exception {
        Node primary = grid.shards().shard("shard-2").primary();
        grid.shards().pause(primary);
        try {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<String> answer = get("/health/ready");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(json.readTree(answer.body()).path("reason").asText()).startsWith("shard");
            });
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            grid.shards().resume(primary);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get("/health/ready").statusCode()).isEqualTo(200));
    }

    private static boolean allMembersAreSeen(JsonNode ready) {
        return ready.path("ready").asBoolean()
                && check(ready, "partitions").at("/details/members").asInt() == 3;
    }

    private static JsonNode check(JsonNode ready, String name) {
        for (JsonNode check : ready.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + ready);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = grid.member(1).healthUrl().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).timeout(AT_ONCE).build(), BodyHandlers.ofString());
    }
}
