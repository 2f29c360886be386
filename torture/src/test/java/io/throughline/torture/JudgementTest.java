package io.throughline.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.check.CheckResult;
import io.throughline.torture.check.StoredValue;
import io.throughline.torture.check.Verdict;
import io.throughline.torture.grid.FinalRows;
import io.throughline.torture.grid.NodeRows;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import io.throughline.torture.nemesis.FaultName;
import io.throughline.torture.nemesis.Nemesis;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JudgementTest {

    private static final long SECOND = 1_000_000_000L;

    private static NodeRows node(String shard, String node, Map<String, Optional<String>> values) {
        return new NodeRows(shard, node, node.equals("a"), values);
    }

    private static FinalRows rows(NodeRows... nodes) {
        return new FinalRows(List.of(nodes), List.of());
    }

    private static Operation operation(int id, Action action, long begun, long ended) {
        return new Operation(id, id, ClientKind.PLAIN, "k", action, begun * SECOND, ended * SECOND, Outcome.OK);
    }

    private static CheckResult judged(List<Operation> operations, List<Nemesis.Unrest> unrest, FinalRows rows) {
        return Judgement.of(
                new Evidence(operations, new BitSet(), Map.of(), List.of(), unrest, rows, List.of(), List.of()));
    }

    @Test
    void the_copies_of_a_key_are_those_of_the_shard_that_has_it() {
        FinalRows rows = rows(
                node("shard-1", "a", Map.of("k", Optional.of("v"))),
                node("shard-1", "b", Map.of()),
                node("shard-2", "a", Map.of("other", Optional.of("w"))));

        assertThat(Judgement.stored(rows, List.of("k")).get("k"))
                .containsExactly(new StoredValue("shard-1 primary a", "v"), new StoredValue("shard-1 standby b", null));
    }

    @Test
    void a_tombstone_is_a_row_without_a_value() {
        FinalRows rows = rows(node("shard-1", "a", Map.of("k", Optional.empty())), node("shard-2", "a", Map.of()));

        assertThat(Judgement.stored(rows, List.of("k")).get("k"))
                .containsExactly(new StoredValue("shard-1 primary a", null));
    }

    @Test
    void a_key_without_a_row_is_absent_everywhere() {
        FinalRows rows = rows(node("shard-1", "a", Map.of()), node("shard-2", "a", Map.of()));

        assertThat(Judgement.stored(rows, List.of("k")).get("k"))
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.value()).isNull());
    }

    @Test
    void an_acknowledged_put_that_no_node_has_is_found() {
        CheckResult result = judged(
                List.of(operation(0, new Action.Put("v"), 1, 2)),
                List.of(),
                rows(node("shard-1", "a", Map.of()), node("shard-1", "b", Map.of())));

        assertThat(result.verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void an_increment_may_count_twice_while_a_partition_moves_and_only_then() {
        List<Operation> twice = List.of(operation(0, new Action.Increment(2), 10, 11));
        FinalRows rows = rows(node("shard-1", "a", Map.of("k", Optional.of("2"))));
        Nemesis.Unrest kill = new Nemesis.Unrest(Set.of(FaultName.KILL_MEMBER), 9 * SECOND, 12 * SECOND);
        Nemesis.Unrest before = new Nemesis.Unrest(Set.of(FaultName.KILL_MEMBER), 5 * SECOND, 9 * SECOND);
        Nemesis.Unrest failover = new Nemesis.Unrest(Set.of(FaultName.KILL_PRIMARY), 9 * SECOND, 12 * SECOND);

        assertThat(judged(twice, List.of(kill), rows).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(judged(twice, List.of(before), rows).verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged(twice, List.of(failover), rows).verdict()).isEqualTo(Verdict.VIOLATED);
    }
}
