package io.throughline.member.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    private String put() {
        long begun = System.nanoTime();
        String value = history.begin("k");
        history.acknowledged("k", value, begun);
        return value;
    }

    private void read(String value) {
        history.read("k", value, history.floor("k"), "a client");
    }

    @Test
    void the_newest_value_and_one_without_an_answer_may_be_read() {
        put();
        String unknown = history.begin("k");
        read(put());
        read(unknown);
        assertThat(history.stale()).isEmpty();
    }

    @Test
    void a_value_that_was_acknowledged_before_a_later_put_began_is_stale() {
        String old = put();
        put();
        read(old);
        assertThat(history.stale()).containsExactly("a client got " + old + " of k");
    }

    @Test
    void either_of_two_puts_at_one_time_may_be_read() {
        long begun = System.nanoTime();
        String one = history.begin("k");
        String other = history.begin("k");
        history.acknowledged("k", one, begun);
        history.acknowledged("k", other, begun);
        read(one);
        read(other);
        assertThat(history.stale()).isEmpty();
    }

    @Test
    void no_value_and_one_that_nobody_put_are_wrong_once_a_put_was_acknowledged() {
        history.read("k", null, history.floor("k"), "early");
        put();
        history.read("k", null, history.floor("k"), "late");
        read("made up");
        assertThat(history.stale()).containsExactly("late got null of k", "a client got made up of k");
    }
}
