package io.throughline.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastException;
import io.throughline.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a place that answers late, in any order, and not always well. */
class ImporterTest {

    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
    private final Map<String, Object> stored = new ConcurrentHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final Random random = new Random(3);

    @AfterEach
    void stop() {
        later.shutdownNow();
    }

    private CompletableFuture<Object> storeLater(String key, Object value) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        var unused = later.schedule(
                () -> {
                    stored.put(key, value);
                    answer.complete(value);
                },
                random.nextInt(3_000),
                TimeUnit.MICROSECONDS);
        return answer;
    }

    private Importer importer(Sink sink, boolean skipBad, Duration retryFor) {
        return new Importer(sink, MapFormat.TEXT, 16, skipBad, retryFor, new BadLines(complaints::add), Position.START);
    }

    private static EntryReader lines(String text) {
        return new NdjsonReader(
                new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0, 1), MapFormat.TEXT);
    }

    private static String entries(int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"key\":\"" + i % keys + "\",\"value\":\"" + i + "\"}\n")
                .collect(Collectors.joining());
    }

    @Test
    void the_last_entry_of_a_key_wins_however_late_answers_come() throws IOException {
        String file = entries(2_000, 7);
        try (Importer importer = importer(this::storeLater, false, Duration.ofSeconds(5))) {
            assertThat(importer.run(lines(file), () -> {})).isEmpty();

            assertThat(importer.written()).isEqualTo(2_000);
            assertThat(importer.position()).isEqualTo(new Position(file.length(), 2_001));
        }
        for (int key = 0; key < 7; key++) {
            int last = 1_999 - Math.floorMod(1_999 - key, 7);
            assertThat(stored).containsEntry(Integer.toString(key), Integer.toString(last));
        }
    }

    @Test
    void never_more_entries_than_allowed_are_under_way() throws IOException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Sink counting = (key, value) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            return storeLater(key, value).whenComplete((done, error) -> underWay.decrementAndGet());
        };
        try (Importer importer = importer(counting, false, Duration.ofSeconds(5))) {
            importer.run(lines(entries(1_000, 1_000)), () -> {});
        }
        assertThat(most.get()).isBetween(2, 16);
    }

    @Test
    void what_the_grid_can_not_take_now_is_tried_again() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Sink grumpy = (key, value) -> switch (calls.incrementAndGet() % 3) {
            case 0 -> storeLater(key, value);
            case 1 -> CompletableFuture.failedFuture(new HazelcastException("[REFUSED OVERLOADED] …"));
            default -> throw new HazelcastException("[UNKNOWN WRITE_TIMEOUT] …");
        };
        try (Importer importer = importer(grumpy, false, Duration.ofSeconds(30))) {
            assertThat(importer.run(lines(entries(20, 20)), () -> {})).isEmpty();
        }
        assertThat(stored).hasSize(20);
        assertThat(complaints).isEmpty();
    }

    @Test
    void what_stays_impossible_ends_the_import_with_its_line_and_outcome() throws IOException {
        Sink down = (key, value) -> key.equals("3")
                ? CompletableFuture.failedFuture(new HazelcastException("[UNKNOWN WRITE_TIMEOUT] put of key '3'"))
                : storeLater(key, value);
        try (Importer importer = importer(down, true, Duration.ofMillis(300))) {
            Optional<Stop> stop = importer.run(lines(entries(10, 10)), () -> {});

            assertThat(stop).isPresent();
            assertThat(stop.get().exitCode()).isEqualTo(ExitCode.UNKNOWN);
            assertThat(stop.get().message()).startsWith("line 4: given up");
            assertThat(importer.position().line()).isEqualTo(4);
        }
    }

    @Test
    void a_refused_entry_is_left_out_or_ends_the_import_before_it() throws IOException {
        Sink picky = (key, value) -> key.equals("3")
                ? CompletableFuture.failedFuture(new HazelcastException("[REFUSED VALUE_TOO_LARGE] put of key '3'"))
                : storeLater(key, value);
        try (Importer importer = importer(picky, true, Duration.ofSeconds(5))) {
            assertThat(importer.run(lines(entries(10, 10)), () -> {})).isEmpty();
            assertThat(importer.position().line()).isEqualTo(11);
        }
        assertThat(complaints).containsExactly("line 4: [REFUSED VALUE_TOO_LARGE] put of key '3'");

        try (Importer importer = importer(picky, false, Duration.ofSeconds(5))) {
            assertThat(importer.run(lines(entries(10, 10)), () -> {})).isPresent();
            assertThat(importer.position().line()).isEqualTo(4);
        }
    }
}
