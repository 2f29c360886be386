package io.throughline.bench.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MembersTest {

    @Test
    void members_are_ended_also_after_one_that_cannot_be() {
        List<String> ended = new ArrayList<>();
        IllegalArgumentException failure = new IllegalArgumentException("no such process");

        assertThatIllegalStateException()
                .isThrownBy(() -> Members.endAll(List.of(
                        () -> ended.add("first"),
                        () -> {
                            throw failure;
                        },
                        () -> ended.add("third"))))
                .satisfies(thrown -> assertThat(thrown).hasSuppressedException(failure));

        assertThat(ended).containsExactly("first", "third");
    }
}
