package io.throughline.torture.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChildClientTest {

    private final RunClock clock = RunClock.begin();

    private ChildClient child(String script) {
        return ChildClient.start(3, ClientKind.PYTHON, clock, new ProcessBuilder("/bin/sh", "-c", script));
    }

    @Test
    void an_answer_is_the_childs_own() {
        try (ChildClient client = child("echo ready; read line; echo '{\"id\": 1, \"invoked\": 10, \"completed\": 20,"
                + " \"outcome\": \"ok\", \"seen\": \"v\", \"direct\": true, \"error\": \"\"}'; read line")) {
            assertThat(client.awaitReady(30)).isTrue();

            Answer answer = client.perform("k", new Action.Get(null));

            assertThat(answer).isEqualTo(new Answer(new Action.Get("v"), 10, 20, Outcome.OK, true, ""));
        }
    }

    @Test
    void what_a_child_that_ends_had_under_way_is_unknown() {
        try (ChildClient client = child("echo ready; read line; exit 1")) {
            assertThat(client.awaitReady(30)).isTrue();
            long before = clock.now();

            Answer answer = client.perform("k", new Action.Put("v"));

            assertThat(answer.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(answer.invoked()).isGreaterThanOrEqualTo(before);
            assertThat(answer.completed()).isGreaterThanOrEqualTo(answer.invoked());
            assertThat(client.perform("k", new Action.Get(null)).outcome()).isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Test
    void a_child_that_ends_at_once_is_not_ready() {
        try (ChildClient client = child("exit 1")) {
            assertThat(client.awaitReady(30)).isFalse();
        }
    }
}
