package io.throughline.torture.model;

import io.throughline.torture.model.Message.Backup;

/** What time does: entries expire, standbys replay, the clock goes on, times to live pass. */
final class TimeRules implements Rules {

    private final Setting setting;
    private final boolean anyReads;

    TimeRules(Setting setting) {
        this.setting = setting;
        this.anyReads = setting.anyReads();
    }

    @Override
    public void next(State state, Moves moves) {
        if (anyReads) {
            expires(state, moves);
            expiresOnTheWay(state, moves);
            timeToLivePasses(state, moves);
        }
        Budget budget = state.budget();
        if (budget.ticks() > 0) {
            moves.add(state.ticks().with(budget.withTicks(budget.ticks() - 1)), "100 ms pass");
        }
        if (setting.has(Scenario.Trait.STANDBY_REFILLS)
                && state.replayed() < state.history().size()) {
            moves.add(state.replays(state.replayed() + 1), "the standby replays position %d", state.replayed() + 1);
        }
    }

    private void expires(State state, Moves moves) {
        for (int number = 0; number < state.members().size(); number++) {
            Member member = state.member(number);
            if (member.memory() != Member.NOTHING) {
                moves.add(
                        state.with(number, member.keeps(Member.NOTHING)),
                        "%s expires in the memory of %s",
                        setting.value(member.memory()),
                        Member.name(number));
            }
        }
    }

    /** An entry's time to live counts from its put at the owner: Hazelcast's backups carry when it ends. */
    private void expiresOnTheWay(State state, Moves moves) {
        for (Message message : state.sea()) {
            if (message instanceof Backup backup && backup.value() != Member.NOTHING) {
                moves.add(
                        state.minus(backup).plus(backup.expired()),
                        "%s expires on its way to the backup",
                        setting.value(backup.value()));
            }
        }
    }

    private static void timeToLivePasses(State state, Moves moves) {
        if (state.ledger().awaiting() > 0
                && !anythingIsOlder(state, state.ledger().awaiting())) {
            moves.add(
                    state.with(state.ledger().timeToLivePassed()),
                    "one time to live has passed since the direct write; from now on everyone must see it");
        }
    }

    /** Whether this value was overwritten before that position. */
    static boolean isOlder(State state, int value, int position) {
        return value != Member.NOTHING && state.history().positionOf(value) < position;
    }

    /** Also on its way to the backup's. */
    static boolean memoryIsOlder(State state, int position) {
        for (Member member : state.members()) {
            if (member.holds() && isOlder(state, member.memory(), position)) {
                return true;
            }
        }
        for (Message message : state.sea()) {
            if (message instanceof Backup backup && isOlder(state, backup.value(), position)) {
                return true;
            }
        }
        return false;
    }

    /** In memory, or on the way there. */
    static boolean anythingIsOlder(State state, int position) {
        for (Member member : state.members()) {
            boolean loaded = LoadRules.mayFillWithOlder(state, member.work(), position);
            boolean stored = member.work().task() == Work.Task.STORE
                    && state.history().positionOf(member.work().operation()) > 0
                    && isOlder(state, member.work().operation(), position);
            if (loaded || stored) {
                return true;
            }
        }
        return memoryIsOlder(state, position);
    }
}
