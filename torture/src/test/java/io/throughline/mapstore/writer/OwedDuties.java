package io.throughline.mapstore.writer;

import io.throughline.mapstore.writer.Duties.Gain;
import io.throughline.mapstore.writer.Duties.Owed;
import java.util.Set;
import java.util.UUID;

/**
 * What {@link Duties} says that a member owes the shard, for the model of the protocol.
 *
 * @param raiseOwn its own epoch
 * @param raiseOthers everyone else's
 * @param fenceEarlier the member that had the partition before
 */
public record OwedDuties(boolean raiseOwn, boolean raiseOthers, boolean fenceEarlier) {

    /** How the partition came to the member. */
    public enum Came {
        LONG_AGO,
        HANDED_OVER,
        INHERITED
    }

    private static final UUID EARLIER = new UUID(0, 1);
    private static final int PARTITION = 7;

    public static OwedDuties of(boolean answerLost, Came came, boolean hasFenced) {
        Duties duties = new Duties();
        if (answerLost) {
            duties.answerLost();
        }
        switch (came) {
            case LONG_AGO -> {}
            case HANDED_OVER -> duties.gained(PARTITION, EARLIER, Gain.HANDED_OVER);
            case INHERITED -> duties.gained(PARTITION, EARLIER, Gain.INHERITED);
        }
        if (hasFenced) {
            duties.fenced(Set.of(EARLIER));
        }
        Owed owed = duties.owed(Set.of(), partition -> true, duties.noted());
        return new OwedDuties(
                owed.raiseOwn(), !owed.gains().isEmpty(), owed.fence().contains(EARLIER));
    }

    public boolean nothing() {
        return !raiseOwn && !raiseOthers && !fenceEarlier;
    }
}
