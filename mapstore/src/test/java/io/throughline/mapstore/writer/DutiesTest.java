package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.writer.Duties.Gain;
import io.throughline.mapstore.writer.Duties.Owed;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DutiesTest {

    private static final UUID LEFT = new UUID(0, 1);
    private static final UUID ALIVE = new UUID(0, 2);

    private final Duties duties = new Duties();

    private Owed owed(Set<UUID> departed, Integer... owned) {
        Set<Integer> mine = Set.of(owned);
        return duties.owed(departed, mine::contains, duties.noted());
    }

    @Test
    void a_quiet_member_owes_nothing() {
        assertThat(owed(Set.of()).nothing()).isTrue();
    }

    @Test
    void whoever_left_is_to_be_fenced_until_it_is() {
        assertThat(owed(Set.of(LEFT)).fence()).containsExactly(LEFT);
        assertThat(owed(Set.of(LEFT)).fence()).containsExactly(LEFT);
        duties.fenced(Set.of(LEFT));
        assertThat(owed(Set.of(LEFT)).nothing()).isTrue();
    }

    @Test
    void the_others_are_raised_only_when_the_partition_is_ours() {
        duties.gained(7, ALIVE, Gain.HANDED_OVER);
        assertThat(owed(Set.of()).nothing()).isTrue();
        Owed owed = owed(Set.of(), 7);
        assertThat(duties.toRaise(owed, Set.of(ALIVE))).containsExactly(ALIVE);
        assertThat(owed.fence()).isEmpty();
        duties.settled(owed);
        assertThat(owed(Set.of(), 7).nothing()).isTrue();
    }

    /** Hazelcast may promote before the list shows who left: the promotion itself says that its owner has. */
    @Test
    void the_owner_of_an_inherited_partition_is_fenced_though_the_list_still_shows_it() {
        duties.gained(7, LEFT, Gain.INHERITED);
        Owed owed = owed(Set.of(), 7);
        assertThat(owed.fence()).containsExactly(LEFT);
        assertThat(owed.inherited()).containsExactly(7);
        assertThat(duties.toRaise(owed, Set.of(ALIVE)))
                .as("the one who died may have had it from another")
                .containsExactly(ALIVE);
        assertThat(duties.owes(7)).isTrue();
        duties.fenced(owed.fence());
        duties.settled(owed);
        assertThat(owed(Set.of(), 7).nothing()).isTrue();
        assertThat(duties.owes(7)).isFalse();
    }

    /** One of the others may hang for long: who has been raised needs no second time, but for what came since. */
    @Test
    void the_others_are_raised_once_for_what_came() {
        UUID third = new UUID(0, 3);
        duties.gained(7, ALIVE, Gain.HANDED_OVER);
        Owed first = owed(Set.of(), 7);
        duties.raised(first, third);
        assertThat(duties.toRaise(owed(Set.of(), 7), Set.of(ALIVE, third))).containsExactly(ALIVE);
        duties.gained(8, ALIVE, Gain.HANDED_OVER);
        assertThat(duties.toRaise(owed(Set.of(), 7), Set.of(ALIVE, third)))
                .as("8 isn't this member's yet")
                .containsExactly(ALIVE);
        assertThat(duties.toRaise(owed(Set.of(), 7, 8), Set.of(third))).containsExactly(third);
        duties.gained(7, ALIVE, Gain.HANDED_OVER);
        assertThat(duties.toRaise(owed(Set.of(), 7), Set.of(third)))
                .as("7 was away meanwhile")
                .containsExactly(third);
        duties.settled(owed(Set.of(), 7, 8));
        assertThat(owed(Set.of(), 7, 8).nothing()).isTrue();
    }

    @Test
    void a_partition_that_was_inherited_is_so_still_when_it_went_and_came_again() {
        duties.gained(7, LEFT, Gain.INHERITED);
        duties.gained(7, ALIVE, Gain.HANDED_OVER);
        assertThat(owed(Set.of(), 7).inherited()).containsExactly(7);
        duties.orphaned(8);
        duties.gained(8, ALIVE, Gain.HANDED_OVER);
        assertThat(duties.anyOrphaned(duties.noted(), partition -> true)).isTrue();
    }

    @Test
    void whose_partition_was_inherited_is_fenced_also_when_that_has_gone_again() {
        duties.gained(7, LEFT, Gain.INHERITED);
        assertThat(owed(Set.of()).fence()).containsExactly(LEFT);
    }

    /** As on the master, whose partition table has forgotten by then who owned it. */
    @Test
    void a_partition_is_inherited_also_where_only_the_list_shows_who_left() {
        duties.orphaned(7);
        assertThat(owed(Set.of(LEFT)).gains()).isEmpty();
        Owed owed = owed(Set.of(LEFT), 7);
        assertThat(owed.fence()).containsExactly(LEFT);
        assertThat(owed.inherited()).containsExactly(7);
        duties.fenced(owed.fence());
        duties.settled(owed);
        assertThat(owed(Set.of(LEFT), 7).nothing()).isTrue();
    }

    /** Whoever looked at the list earlier can't have seen there who left. */
    @Test
    void what_is_orphaned_after_the_list_was_looked_at_stays_owed() {
        long before = duties.noted();
        duties.orphaned(7);
        Owed early = duties.owed(Set.of(), partition -> true, before);
        assertThat(duties.anyOrphaned(before, partition -> true)).isFalse();
        assertThat(early.nothing()).isTrue();
        duties.settled(early);
        assertThat(duties.anyOrphaned(duties.noted(), partition -> true)).isTrue();
        assertThat(duties.anyOrphaned(duties.noted(), partition -> false)).isFalse();
        assertThat(owed(Set.of(LEFT), 7).inherited()).containsExactly(7);
    }

    @Test
    void what_is_gained_again_while_it_is_settled_stays_owed() {
        duties.orphaned(7);
        Owed owed = owed(Set.of(), 7);
        duties.orphaned(7);
        duties.settled(owed);
        assertThat(owed(Set.of(), 7).nothing()).isFalse();
    }

    @Test
    void an_owner_who_left_after_it_had_handed_over_is_fenced() {
        duties.gained(7, LEFT, Gain.HANDED_OVER);
        Owed owed = owed(Set.of(LEFT), 7);
        assertThat(owed.fence()).containsExactly(LEFT);
        duties.fenced(owed.fence());
        duties.settled(owed);
        assertThat(owed(Set.of(LEFT), 7).nothing()).isTrue();
    }

    @Test
    void an_answer_lost_while_the_epoch_was_being_raised_asks_for_another_raise() {
        duties.answerLost();
        long lost = duties.lostUntilNow();
        duties.answerLost();
        duties.raisedOwn(lost);
        assertThat(owed(Set.of()).raiseOwn()).isTrue();
        duties.raisedOwn(duties.lostUntilNow());
        assertThat(owed(Set.of()).nothing()).isTrue();
    }
}
