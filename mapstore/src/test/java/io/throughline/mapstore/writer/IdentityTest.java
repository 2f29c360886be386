package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentityTest {

    private final Identity identity = new Identity();

    @Test
    void a_member_that_was_asked_for_nothing_goes_on_after_a_merge() {
        identity.mergeBegins();
        assertThat(identity.merging()).isTrue();
        assertThat(identity.mergeEnds()).isTrue();
        assertThat(identity.merging()).isFalse();
    }

    @Test
    void one_that_was_asked_ends_and_sends_nothing_more() {
        identity.use();
        identity.mergeBegins();
        assertThat(identity.mergeEnds()).isFalse();
        assertThat(identity.merging()).isTrue();
    }

    @Test
    void what_is_asked_during_the_merge_was_asked_of_the_earlier_identity() {
        identity.mergeBegins();
        identity.use();
        assertThat(identity.mergeEnds()).isFalse();
    }

    /** A stock member has two listeners for it. */
    @Test
    void an_end_that_is_told_twice_is_one() {
        identity.mergeBegins();
        identity.mergeEnds();
        identity.use();
        assertThat(identity.mergeEnds()).isTrue();
    }
}
