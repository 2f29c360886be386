package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.cli.LocalGrid;
import io.throughline.localpostgres.FailoverWatch;
import io.throughline.localpostgres.Node;
import io.throughline.member.MemberProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a load is for: everything holds while things die. */
@ExtendWith(SharedGrid.class)
final class FaultsUnderLoadTest {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String[] LOAD = {
        "--rate", "300", "--duration", "12s", "--warm-up", "1s", "--keys", "5000", "--json"
    };

    private final LocalGrid grid;

    FaultsUnderLoadTest(LocalGrid grid) {
        this.grid = grid;
    }

    private Run loadWhile(Runnable fault) {
        CompletableFuture<Void> later =
                CompletableFuture.runAsync(fault, CompletableFuture.delayedExecutor(4, TimeUnit.SECONDS));
        Run run = Run.load(grid, LOAD);
        later.join();
        return run;
    }

    private static JsonNode proven(Run run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        JsonNode json = run.json();
        assertThat(json.path("proof").path("acknowledgedPuts").intValue()).isGreaterThan(2_000);
        assertThat(json.path("proof").path("readsChecked").intValue()).isGreaterThan(2_000);
        return json;
    }

    @Test
    void no_acknowledged_write_is_missing_when_a_member_is_killed() {
        MemberProcess member = grid.members().get(0);
        try {
            JsonNode json = proven(loadWhile(member::kill));
            // What was under way to it has no known outcome; nothing of it was refused.
            json.path("load")
                    .path("puts")
                    .path("failures")
                    .fieldNames()
                    .forEachRemaining(code -> assertThat(code).startsWith("UNKNOWN"));
        } finally {
            grid.restart(member.name()).awaitReady(READY);
        }
    }

    @Test
    void no_put_fails_and_no_acknowledged_write_is_missing_when_a_primary_is_killed() {
        Node primary = grid.shards().shard("shard-2").primary();
        try (FailoverWatch watch = grid.shards().watch()) {
            assertThat(watch).isNotNull();
            JsonNode json = proven(loadWhile(() -> grid.shards().kill(primary)));
            assertThat(json.path("load").path("puts").path("failed").intValue()).isZero();
            assertThat(grid.shards().shard("shard-2").primary().name()).isNotEqualTo(primary.name());
        }
    }
}
