package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.Once.class)
class MembersGoneTest {

    private final SharedGrid grid;

    MembersGoneTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void without_any_member_the_shards_serve_and_when_they_are_back_the_cache_does_by_itself() {
        try (TestClient client = TestClient.of(grid).warmUp(grid)) {
            ResilientMap<String> kv = client.kv();
            String written = grid.freshKey();
            String removed = grid.freshKey();
            kv.put(written, "before");
            kv.put(removed, "before");
            grid.members().forEach(MemberProcess::kill);

            for (int round = 0; round < 20; round++) {
                assertThat(kv.put(written, "during " + round)).isEqualTo(ServedBy.SHARD);
                assertThat(kv.get(written)).isEqualTo(new Reading<>("during " + round, ServedBy.SHARD));
            }
            assertThat(kv.remove(removed)).isEqualTo(ServedBy.SHARD);
            assertThat(kv.putIfAbsent(removed, "again").applied()).isTrue();
            assertThat(kv.get(grid.freshKey()).value()).isNull();

            grid.restore();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(kv.put(grid.freshKey(), "after")).isEqualTo(ServedBy.CACHE);
                assertThat(kv.get(written)).isEqualTo(new Reading<>("during 19", ServedBy.CACHE));
            });
            assertThat(kv.get(removed).value()).isEqualTo("again");
        }
    }
}
