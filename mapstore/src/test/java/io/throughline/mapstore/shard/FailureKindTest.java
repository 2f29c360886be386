package io.throughline.mapstore.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {

    @ParameterizedTest
    @CsvSource({
        "25006, NOT_STORED",
        "40001, NOT_STORED",
        "40P01, NOT_STORED",
        "40003, MAYBE_STORED",
        "53100, NOT_STORED",
        "53300, NOT_STORED",
        "55P03, NOT_STORED",
        "57014, NOT_STORED",
        "57P03, NOT_STORED",
        "57P01, MAYBE_STORED",
        "57P02, MAYBE_STORED",
        "08001, MAYBE_STORED",
        "08006, MAYBE_STORED",
        "XX000, MAYBE_STORED",
        "21000, ROW",
        "22021, ROW",
        "22P02, ROW",
        "23514, ROW",
        "42501, ROW",
        "42P01, ROW",
        "54000, ROW"
    })
    void the_sqlstate_tells_what_became_of_the_batch(String state, FailureKind kind) {
        assertThat(FailureKind.of(new SQLException("…", state))).isEqualTo(kind);
    }

    @Test
    void a_failure_without_a_state_tells_nothing() {
        assertThat(FailureKind.of(new SQLException("…"))).isEqualTo(FailureKind.MAYBE_STORED);
    }
}
