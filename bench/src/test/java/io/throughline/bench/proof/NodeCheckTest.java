package io.throughline.bench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.bench.ledger.KeyLedger;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.bench.ledger.Verdict;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NodeCheckTest {

    private static final int KEYS = 200;
    private static final KeyNames NAMES = new KeyNames("test01", KEYS);
    private static final StampedValues VALUES = new StampedValues(NAMES, 60);

    private final KeyLedger ledger = new KeyLedger(KEYS);
    private final Map<String, String> rows = new TreeMap<>();

    private void write(SplittableRandom random) {
        for (int put = 0; put < 1_000; put++) {
            int key = random.nextInt(KEYS - 20);
            int version = ledger.begin(key);
            switch (random.nextInt(10)) {
                case 0 -> ledger.refuse(key, version);
                case 1 -> {
                    ledger.doubt(key, version);
                    if (random.nextBoolean()) {
                        rows.put(NAMES.name(key), VALUES.of(key, version));
                    }
                }
                default -> {
                    ledger.acknowledge(key, version);
                    rows.put(NAMES.name(key), VALUES.of(key, version));
                }
            }
        }
    }

    private NodeResult check() {
        NodeCheck check = new NodeCheck(ledger, NAMES, VALUES, key -> true);
        rows.forEach(check::row);
        return check.end("127.0.0.1:5432", true);
    }

    private int someAcknowledgedKey(SplittableRandom random) {
        int key = random.nextInt(KEYS - 20);
        return ledger.lastAcknowledged(key) > 1 ? key : someAcknowledgedKey(random);
    }

    @Test
    void one_planted_loss_among_thousands_of_writes_is_found_and_named_and_nothing_else_is() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            NodeCheckTest grid = new NodeCheckTest();
            grid.write(random);
            assertThat(grid.check().wrongRows()).isZero();

            int key = grid.someAcknowledgedKey(random);
            Verdict expected = grid.plant(random, key);
            NodeResult result = grid.check();
            assertThat(result.wrong()).isEqualTo(Map.of(expected, 1L));
            assertThat(result.first())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.key()).isEqualTo(NAMES.name(key)));
        }
    }

    private Verdict plant(SplittableRandom random, int key) {
        String name = NAMES.name(key);
        return switch (random.nextInt(5)) {
            case 0 -> {
                rows.remove(name);
                yield Verdict.MISSING;
            }
            case 1 -> {
                rows.put(name, VALUES.of(key, random.nextInt(1, ledger.lastAcknowledged(key))));
                yield Verdict.STALE;
            }
            case 2 -> {
                rows.put(name, VALUES.of(key, ledger.lastSent(key) + 1));
                yield Verdict.NEVER_SENT;
            }
            case 3 -> {
                rows.put(name, VALUES.of(key == 0 ? 1 : key - 1, ledger.lastAcknowledged(key)));
                yield Verdict.DAMAGED;
            }
            default -> {
                String value = VALUES.of(key, ledger.lastAcknowledged(key));
                rows.put(name, value.substring(0, value.length() - 1) + "~");
                yield Verdict.DAMAGED;
            }
        };
    }

    @Test
    void a_tombstone_is_no_row() {
        ledger.acknowledge(0, ledger.begin(0));
        NodeCheck check = new NodeCheck(ledger, NAMES, VALUES, key -> true);
        check.row(NAMES.name(0), null);
        assertThat(check.end("node", false).wrong()).isEqualTo(Map.of(Verdict.MISSING, 1L));
    }

    @Test
    void a_row_on_a_shard_that_does_not_own_it_is_misplaced_and_one_that_it_does_not_own_is_not_missed() {
        ledger.acknowledge(0, ledger.begin(0));
        ledger.acknowledge(1, ledger.begin(1));
        NodeCheck check = new NodeCheck(ledger, NAMES, VALUES, key -> key == 1);
        check.row(NAMES.name(0), VALUES.of(0, 1));
        check.row(NAMES.name(1), VALUES.of(1, 1));
        assertThat(check.end("node", true).wrong()).isEqualTo(Map.of(Verdict.MISPLACED, 1L));
    }

    @Test
    void a_late_write_of_unknown_outcome_is_named_as_such() {
        ledger.doubt(0, ledger.begin(0));
        ledger.acknowledge(0, ledger.begin(0));
        NodeCheck check = new NodeCheck(ledger, NAMES, VALUES, key -> true);
        check.row(NAMES.name(0), VALUES.of(0, 1));
        assertThat(check.end("node", true).first())
                .singleElement()
                .hasToString(NAMES.name(0) + ": an acknowledged write was replaced by an earlier version (acknowledged:"
                        + " version 2; found: version 1, whose outcome is unknown: it came late)");
    }
}
