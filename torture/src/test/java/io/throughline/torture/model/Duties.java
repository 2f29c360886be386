package io.throughline.torture.model;

import io.throughline.mapstore.writer.OwedDuties;
import io.throughline.mapstore.writer.OwedDuties.Came;
import io.throughline.torture.model.Message.Batch;
import java.util.ArrayList;
import java.util.List;

/** What a member does on the shard before its own next statement. What it owes is what the product's own code says. */
final class Duties {

    private final Setting setting;

    Duties(Setting setting) {
        this.setting = setting;
    }

    OwedDuties owed(Member member) {
        boolean lost = member.answerLost() && setting.has(Mechanism.EPOCH_BEFORE_RESEND);
        return OwedDuties.of(lost, owing(member.came()), member.hasFenced());
    }

    private Came owing(Came came) {
        return switch (came) {
            case LONG_AGO -> came;
            case HANDED_OVER -> setting.has(Mechanism.EPOCH_AT_HAND_OVER) ? came : Came.LONG_AGO;
            case INHERITED -> setting.has(Mechanism.WRITER_FENCED) ? came : Came.HANDED_OVER;
        };
    }

    boolean done(Member member) {
        return owed(member).nothing();
    }

    /** An update of a writer's row waits for the batches that hold it. */
    void settle(State state, int number, Moves moves) {
        Member member = state.member(number);
        OwedDuties owed = owed(member);
        if (setting.has(Mechanism.FENCE_WAITS) && hasToWait(state, number, owed)) {
            return;
        }
        State settled = state;
        List<String> deeds = new ArrayList<>();
        if (owed.raiseOwn()) {
            settled = settled.with(number, settled.writers().get(number).raised());
            deeds.add("raises its own epoch");
        }
        if (owed.fenceEarlier()) {
            int earlier = earlier(state, number);
            settled = settled.with(earlier, settled.writers().get(earlier).withFence());
            deeds.add("fences " + Member.name(earlier));
        }
        for (int other : raised(state, number, owed)) {
            settled = settled.with(other, settled.writers().get(other).raised());
            deeds.add("raises the epoch of " + Member.name(other));
        }
        long epoch = owed.raiseOwn() ? settled.writers().get(number).epoch() : member.epoch();
        boolean fenced = member.hasFenced() || owed.fenceEarlier();
        moves.add(
                settled.with(number, member.settled(epoch, fenced)),
                "%s %s",
                Member.name(number),
                String.join(" and ", deeds));
    }

    private boolean hasToWait(State state, int number, OwedDuties owed) {
        return (owed.raiseOwn() && holds(state, number))
                || (owed.fenceEarlier() && holds(state, earlier(state, number)))
                || raised(state, number, owed).stream().anyMatch(other -> holds(state, other));
    }

    /** From whom it has the partition. */
    private static int earlier(State state, int number) {
        return number == Member.B && state.hasThird() ? Member.C : Member.A;
    }

    private List<Integer> raised(State state, int number, OwedDuties owed) {
        List<Integer> raised = new ArrayList<>();
        for (int other = 0; owed.raiseOthers() && other < state.members().size(); other++) {
            boolean known = setting.has(Mechanism.EPOCH_OF_EVERYONE) || other == earlier(state, number);
            if (other != number && known) {
                raised.add(other);
            }
        }
        return raised;
    }

    private static boolean holds(State state, int member) {
        for (Message message : state.sea()) {
            if (message instanceof Batch batch && batch.member() == member && batch.running()) {
                return true;
            }
        }
        return false;
    }
}
