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
        if (state.member(Member.A).life() == Life.STALLED) {
            moves.add(state.with(Member.A, state.member(Member.A).is(Life.RUNNING)), "member A wakes");
        }
        int owner = state.owner();
        if (owner == Member.B) {
            return;
        }
        if (state.member(owner).runs()) {
            fails(state, owner, moves);
        } else {
            removes(state, owner, moves);
        }
    }

    /** Where there is a third member, A hands over to it, and nothing else happens to A. */
    private void fails(State state, int owner, Moves moves) {
        Member member = state.member(owner);
        Budget budget = state.budget();
        boolean handsOnOnly = owner == Member.A && state.hasThird();
        if (budget.stalls() > 0 && !handsOnOnly) {
            moves.add(
                    state.with(owner, member.is(Life.STALLED)).with(budget.withStalls(budget.stalls() - 1)),
                    "%s stalls",
                    Member.name(owner));
        }
        if (budget.kills() > 0 && !handsOnOnly) {
            moves.add(
                    state.with(owner, member.dead())
                            .with(budget.withKills(budget.kills() - 1))
                            .withSea(withoutRequests(state, owner)),
                    "%s is killed",
                    Member.name(owner));
        }
        if (budget.handOvers() > 0) {
            State rest = state.with(budget.withHandOvers(budget.handOvers() - 1));
            handsOver(rest, owner, handsOnOnly ? Member.C : Member.B, moves);
        }
    }

    private static List<Message> withoutRequests(State state, int member) {
        return state.sea().stream()
                .filter(message -> !(message instanceof Request request && request.member() == member))
                .toList();
    }

    /** Nothing waits for the stores that are under way. */
    private static void handsOver(State state, int from, int to, Moves moves) {
        Member before = state.member(from);
        Member after = state.member(to).keeps(before.memory(), before.version()).gains(Came.HANDED_OVER);
        moves.add(
                state.with(from, before.handsOver()).with(to, after),
                "%s hands the partition over to %s, with what is in memory",
                Member.name(from),
                Member.name(to));
    }

    /** By then it has refused reads and writes for a time to live, as it hears nobody. */
    private void removes(State state, int owner, Moves moves) {
        Member member = state.member(owner);
        boolean bound = setting.has(Mechanism.MEMORY_BOUND);
        boolean unaware = setting.has(Trait.WAKES_UNAWARE);
        if (bound && unaware && member.memory() != Member.NOTHING) {
            return; // What it held has expired long before.
        }
        Member removed = bound && !unaware ? member.hearsNobody() : member;
        moves.add(
                state.with(owner, removed).with(Member.B, state.member(Member.B).gains(Came.INHERITED)),
                "%s is removed from the cluster, and member B is promoted",
                Member.name(owner));
    }
}
