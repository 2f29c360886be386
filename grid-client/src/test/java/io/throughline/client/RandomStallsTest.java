package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.member.MemberProcess;
import io.throughline.member.SharedGrid;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Members that hang for seconds, one after the other, under 1,000 operations a second. For a minute:
 * {@code -Dthroughline.stalls.seconds=60}.
 */
@ExtendWith(SharedGrid.Once.class)
class RandomStallsTest {

    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);
    private static final int SECONDS = Integer.getInteger("throughline.stalls.seconds", 10);
    private static final int PUTS_A_SECOND = 500;
    private static final int KEYS = 300;

    private final SharedGrid grid;

    RandomStallsTest(SharedGrid grid) {
        this.grid = grid;
    }

    @AfterEach
    void restore() {
        grid.restore();
    }

    @Test
    void a_writer_reads_what_it_wrote_and_nobody_reads_what_is_older_than_the_time_to_live() {
        List<String> keys =
                IntStream.range(0, KEYS).mapToObj(number -> grid.freshKey()).toList();
        try (TestClient client = TestClient.of(grid).warmUp(grid);
                TestClient other = TestClient.of(grid).warmUp(grid);
                Writers writers = Writers.start(client.kv(), keys, PUTS_A_SECOND);
                Readers resilient = Readers.start(other.kv()::getAsync, writers, keys);
                Readers plain = Readers.start(Readers.plain(grid.client().getMap("kv")), writers, keys)) {
            Random random = new Random(11);
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (System.nanoTime() < end) {
                stall(grid.member(1 + random.nextInt(3)), Duration.ofMillis(500 + random.nextInt(5_500)));
                pause(Duration.ofMillis(random.nextInt(2_000)));
            }
            resilient.stop();
            plain.stop();
            writers.stop();
            System.out.printf(
                    "%d s of stalls: %d puts, %d + %d reads by others, stalest %d ms (resilient), %d ms (plain)%n",
                    SECONDS,
                    writers.written(),
                    resilient.reads(),
                    plain.reads(),
                    resilient.stalestMillis(),
                    plain.stalestMillis());
            assertThat(writers.failures()).isEmpty();
            assertThat(writers.readsThatWentBack()).isEmpty();
            assertThat(resilient.reads()).isGreaterThan(SECONDS * 50L);
            assertThat(resilient.stalestMillis()).isLessThanOrEqualTo(TIME_TO_LIVE.toMillis());
            assertThat(plain.stalestMillis()).isLessThanOrEqualTo(TIME_TO_LIVE.toMillis());
            writers.last()
                    .forEach((key, last) -> assertThat(
                                    grid.sqlOf(key).one("SELECT value FROM kv.entries WHERE key = ?", key))
                            .isEqualTo(last));
        }
    }

    private static void stall(MemberProcess member, Duration length) {
        member.pause();
        pause(length);
        member.resume();
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        await().atMost(length.plusSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() >= until);
    }
}
