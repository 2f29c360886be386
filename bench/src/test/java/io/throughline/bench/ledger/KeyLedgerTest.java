package io.throughline.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thousands of histories of one key against a register of which the test knows everything. */
final class KeyLedgerTest {

    private static final int HISTORIES = 5_000;
    private static final int KEY = 3;

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    /** One key's puts, each with an outcome and, where that is unknown, its effect: none, at once, or a little later. */
    private static final class History {

        final KeyLedger ledger = new KeyLedger(5);
        final SplittableRandom random;
        int row;
        private int late;

        History(SplittableRandom random) {
            this.random = random;
        }

        History run(int puts) {
            for (int put = 0; put < puts; put++) {
                put();
                checkAGet();
            }
            return this;
        }

        private void put() {
            int version = ledger.begin(KEY);
            switch (random.nextInt(6)) {
                case 0 -> ledger.refuse(KEY, version);
                case 1 -> {
                    takeEffect(random.nextInt(3), version);
                    ledger.doubt(KEY, version);
                }
                default -> {
                    late = 0;
                    row = version;
                    ledger.acknowledge(KEY, version);
                }
            }
        }

        private void takeEffect(int when, int version) {
            if (when == 0) {
                row = version;
            } else if (when == 1) {
                late = version;
            }
        }

        /** What comes late comes before the next acknowledged write: nothing late wins. */
        void settle() {
            if (late > 0 && random.nextBoolean()) {
                row = Math.max(row, late);
                late = 0;
            }
        }

        private void checkAGet() {
            int floor = ledger.lastAcknowledged(KEY);
            settle();
            Verdict verdict = row == 0 ? ledger.ofEmptyGet(floor) : ledger.ofGet(KEY, floor, row);
            assertThat(verdict).isEqualTo(Verdict.GOOD);
        }

        int acknowledged() {
            return ledger.lastAcknowledged(KEY);
        }
    }

    private static History history(SplittableRandom random) {
        return new History(random.split()).run(1 + random.nextInt(12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_register_that_keeps_its_promises_is_never_accused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            History history = history(random);
            history.settle();
            Verdict verdict = history.row == 0 ? history.ledger.ofNoRow(KEY) : history.ledger.ofRow(KEY, history.row);
            assertThat(verdict).isEqualTo(Verdict.GOOD);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_row_that_is_lost_is_found_out_wherever_a_write_was_acknowledged(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            History history = history(random);
            assertThat(history.ledger.ofNoRow(KEY))
                    .isEqualTo(history.acknowledged() > 0 ? Verdict.MISSING : Verdict.GOOD);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_row_older_than_the_last_acknowledged_write_is_found_out_whatever_became_of_that_older_one(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            History history = history(random);
            for (int older = 1; older < history.acknowledged(); older++) {
                assertThat(history.ledger.ofRow(KEY, older)).isEqualTo(Verdict.STALE);
                assertThat(history.ledger.ofGet(KEY, history.acknowledged(), older))
                        .isEqualTo(Verdict.STALE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_version_that_was_never_sent_or_was_refused_is_found_out(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < HISTORIES; i++) {
            History history = history(random);
            KeyLedger ledger = history.ledger;
            assertThat(ledger.ofRow(KEY, ledger.lastSent(KEY) + 1)).isEqualTo(Verdict.NEVER_SENT);
            assertThat(ledger.ofRow(KEY, 0)).isEqualTo(Verdict.NEVER_SENT);
            for (int later = history.acknowledged() + 1; later <= ledger.lastSent(KEY); later++) {
                boolean refused = ledger.outcome(KEY, later) == Outcome.REFUSED;
                assertThat(ledger.ofRow(KEY, later)).isEqualTo(refused ? Verdict.REFUSED : Verdict.GOOD);
            }
        }
    }

    @Test
    void a_write_without_an_answer_may_show_or_not() {
        KeyLedger ledger = new KeyLedger(1);
        ledger.acknowledge(0, ledger.begin(0));
        int open = ledger.begin(0);
        assertThat(ledger.outcome(0, open)).isEqualTo(Outcome.UNANSWERED);
        assertThat(ledger.ofRow(0, 1)).isEqualTo(Verdict.GOOD);
        assertThat(ledger.ofRow(0, open)).isEqualTo(Verdict.GOOD);
        assertThat(ledger.ofNoRow(0)).isEqualTo(Verdict.MISSING);
    }

    @Test
    void a_get_that_began_before_the_acknowledgement_may_return_the_version_before() {
        KeyLedger ledger = new KeyLedger(1);
        ledger.acknowledge(0, ledger.begin(0));
        int floor = ledger.lastAcknowledged(0);
        ledger.acknowledge(0, ledger.begin(0));
        assertThat(ledger.ofGet(0, floor, 1)).isEqualTo(Verdict.GOOD);
        assertThat(ledger.ofGet(0, ledger.lastAcknowledged(0), 1)).isEqualTo(Verdict.STALE);
    }

    @Test
    void a_key_takes_one_put_at_a_time() {
        KeyLedger ledger = new KeyLedger(2);
        int version = ledger.begin(0);
        assertThat(ledger.busy(0)).isTrue();
        assertThat(ledger.busy(1)).isFalse();
        assertThatThrownBy(() -> ledger.begin(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.acknowledge(0, version + 1)).isInstanceOf(IllegalStateException.class);
        ledger.doubt(0, version);
        assertThat(ledger.busy(0)).isFalse();
    }
}
