package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.bench.generator.Dataset;
import io.throughline.bench.generator.HotKeys;
import io.throughline.bench.generator.Load;
import io.throughline.bench.generator.LoadShape;
import io.throughline.bench.generator.SimulatedMap;
import io.throughline.bench.grid.LoadedKeys;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.report.Progress;
import io.throughline.bench.report.StepResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a map that answers 600 operations a second and no more. */
final class HighestRateTest {

    private static final Dataset DATASET = new Dataset(5_000, 100, HotKeys.NONE, 0.9, 1);

    private final SimulatedMap map = new SimulatedMap(Duration.ofMillis(1)).limitedTo(600);
    private final StringWriter shown = new StringWriter();

    @AfterEach
    void end() {
        map.close();
    }

    private List<StepResult> search(double first, BooleanSupplier stopped) throws InterruptedException {
        LoadPlan plan = new LoadPlan(
                new LoadShape(first, 0.5, Duration.ofSeconds(2), 5_000),
                DATASET,
                Duration.ZERO,
                true,
                Duration.ofSeconds(1),
                Duration.ZERO);
        KeyNames names = new KeyNames("test01", DATASET.keys());
        Load load = new Load(map, names, new StampedValues(names, DATASET.valueBytes()), DATASET);
        Progress progress = new Progress(new PrintWriter(shown), false);
        return new HighestRate(plan, new StepRunner(load, new LoadedKeys(List.of()), progress, stopped), progress)
                .search();
    }

    @Test
    void the_rate_that_is_reported_was_held_for_as_long_as_a_load_was_asked_for() throws InterruptedException {
        List<StepResult> steps = search(250, () -> false);
        StepResult last = steps.get(steps.size() - 1);
        assertThat(last.verdict().held()).isTrue();
        assertThat(last.seconds()).isEqualTo(2);
        // Puts are half of the 600; the short steps of this test let some growth pass.
        assertThat(last.puts().offered()).isBetween(230.0, 340.0);
        assertThat(shown.toString()).contains("500 puts/s for", "not held (outstanding");
    }

    @Test
    void a_search_that_is_stopped_has_a_step_to_report_all_the_same() throws InterruptedException {
        assertThat(search(200, () -> true)).hasSize(1);
    }
}
