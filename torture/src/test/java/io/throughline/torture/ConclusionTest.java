package io.throughline.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.cli.ExitCode;
import io.throughline.torture.grid.FinalRows;
import io.throughline.torture.page.TortureResult;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConclusionTest {

    private static Conclusion of(List<String> ailments, List<String> unanswered) {
        FinalRows rows = new FinalRows(List.of(), List.of());
        Evidence evidence =
                new Evidence(List.of(), new BitSet(), Map.of(), List.of(), List.of(), rows, ailments, unanswered);
        return new Conclusion(
                TortureResult.of(1, List.of(), List.of(), Judgement.of(evidence)), evidence, Path.of("kept"));
    }

    @Test
    void an_operation_without_an_answer_is_a_broken_promise() {
        Conclusion conclusion = of(List.of(), List.of("get of claim-1 by client 3"));

        assertThat(conclusion.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(conclusion.remarks()).contains("Never answered: get of claim-1 by client 3");
        assertThat(conclusion.json().path("unanswered").path(0).asText()).isEqualTo("get of claim-1 by client 3");
    }

    @Test
    void what_did_not_get_well_leaves_something_unchecked() {
        assertThat(of(List.of("member-2 isn't ready"), List.of()).exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(of(List.of(), List.of()).exitCode()).isEqualTo(ExitCode.DONE);
    }
}
