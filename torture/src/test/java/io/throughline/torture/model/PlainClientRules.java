package io.throughline.torture.model;

import io.throughline.mapstore.direct.SentCopies;
import io.throughline.torture.model.Client.Phase;
import io.throughline.torture.model.Member.Life;
import io.throughline.torture.model.Message.Request;

/** What goes through the cache only: puts, deletes and gets of any Hazelcast client. */
final class PlainClientRules implements Rules {

    private static final int NOBODY = -1;

    private final Setting setting;
    private final Answers answers;

    PlainClientRules(Setting setting, Answers answers) {
        this.setting = setting;
        this.answers = answers;
    }

    @Override
    public void next(State state, Moves moves) {
        for (int client = 0; client < state.clients().size(); client++) {
            if (!setting.finished(state, client)) {
                Operation operation = setting.current(state, client);
                if (!operation.resilient()) {
                    starts(state, operation, moves);
                    hearsThatMemberIsGone(state, operation, moves);
                }
            }
        }
    }

    private void starts(State state, Operation operation, Moves moves) {
        if (state.client(operation.client()).phase() == Phase.IDLE) {
            ask(begun(state, operation), operation, moves);
        }
    }

    static State begun(State state, Operation operation) {
        int client = operation.client();
        int floor = operation.reads() ? Judge.floor(state, client) : 0;
        State begun = operation.reads()
                ? state
                : state.with(state.ledger().begins(operation, state.history().size()));
        return begun.with(client, state.client(client).asksCache(SentCopies.NONE, floor));
    }

    /** Whichever member the client takes for the owner. */
    static void ask(State begun, Operation operation, Moves moves) {
        for (int member = 0; member < begun.members().size(); member++) {
            if (mayBeAsked(begun.member(member))) {
                moves.add(
                        begun.plus(new Request(operation.number(), member, 0)),
                        "client %d sends its %s to %s",
                        operation.client() + 1,
                        operation,
                        Member.name(member));
            }
        }
    }

    static boolean mayBeAsked(Member member) {
        return member.owner() && member.life() != Life.DEAD;
    }

    /** A get is sent again, a write isn't. */
    private void hearsThatMemberIsGone(State state, Operation operation, Moves moves) {
        int gone = gone(state);
        if (gone == NOBODY || !setting.awaits(state, operation, Phase.CACHE)) {
            return;
        }
        if (!operation.reads()) {
            moves.add(
                    answers.failed(state, operation),
                    "client %d hears that %s is gone: it is unknown what became of its %s",
                    operation.client() + 1,
                    Member.name(gone),
                    operation);
        } else if (state.member(Member.B).owner() && !asked(state, operation)) {
            moves.add(
                    state.plus(new Request(operation.number(), Member.B, 0)),
                    "client %d asks member B instead",
                    operation.client() + 1);
        }
    }

    private static int gone(State state) {
        for (int member = 0; member < state.members().size(); member++) {
            if (state.member(member).life() == Life.DEAD || state.removed(member)) {
                return member;
            }
        }
        return NOBODY;
    }

    private static boolean asked(State state, Operation operation) {
        return state.member(Member.B).work().operation() == operation.number()
                || state.sea().contains(new Request(operation.number(), Member.B, 0));
    }
}
