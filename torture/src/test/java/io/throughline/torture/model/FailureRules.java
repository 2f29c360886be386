package io.throughline.torture.model;

import io.throughline.mapstore.writer.OwedDuties.Came;
import io.throughline.torture.model.Member.Life;
import io.throughline.torture.model.Message.Request;
import io.throughline.torture.model.Scenario.Trait;
import java.util.List;

/** What goes wrong with the owner, as far as the budget goes, and how another takes its place. */
final class FailureRules implements Rules {

    private final Setting setting;

    FailureRules(Setting setting) {
        this.setting = setting;
    }

    @Override
    public void next(State state, Moves moves) {
        Member a = state.member(Member.A);
        Budget budget = state.budget();
        if (a.life() == Life.STALLED) {
            moves.add(state.with(Member.A, a.is(Life.RUNNING)), "member A wakes");
        }
        if (state.member(Member.B).owner()) {
            return;
        }
        if (a.runs() && budget.stalls() > 0) {
            moves.add(
                    state.with(Member.A, a.is(Life.STALLED)).with(budget.withStalls(budget.stalls() - 1)),
                    "member A stalls");
        }
        if (a.runs() && budget.kills() > 0) {
            moves.add(
                    state.with(Member.A, a.dead())
                            .with(budget.withKills(budget.kills() - 1))
                            .withSea(withoutRequests(state)),
                    "member A is killed");
        }
        if (a.runs() && budget.handOvers() > 0) {
            handsOver(state.with(budget.withHandOvers(budget.handOvers() - 1)), moves);
        }
        if (!a.runs()) {
            removes(state, moves);
        }
    }

    private static List<Message> withoutRequests(State state) {
        return state.sea().stream()
                .filter(message -> !(message instanceof Request request && request.member() == Member.A))
                .toList();
    }

    /** Nothing waits for the stores that are under way. */
    private static void handsOver(State state, Moves moves) {
        Member a = state.member(Member.A);
        Member b = state.member(Member.B).keeps(a.memory(), a.version()).gains(Came.HANDED_OVER);
        moves.add(
                state.with(Member.A, a.handsOver()).with(Member.B, b),
                "member A hands the partition over to member B, with what is in memory");
    }

    /** By then it has refused reads and writes for a time to live, as it hears nobody. */
    private void removes(State state, Moves moves) {
        Member a = state.member(Member.A);
        boolean bound = setting.has(Mechanism.MEMORY_BOUND);
        boolean unaware = setting.has(Trait.WAKES_UNAWARE);
        if (bound && unaware && a.memory() != Member.NOTHING) {
            return; // What it held has expired long before.
        }
        Member removed = bound && !unaware ? a.hearsNobody() : a;
        moves.add(
                state.with(Member.A, removed)
                        .with(Member.B, state.member(Member.B).gains(Came.INHERITED)),
                "member A is removed from the cluster, and member B is promoted");
    }
}
