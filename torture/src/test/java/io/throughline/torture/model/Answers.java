package io.throughline.torture.model;

import io.throughline.client.AttemptAnswer;
import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.batch.AttemptAnswers;
import io.throughline.torture.model.Client.Phase;
import io.throughline.torture.model.Ledger.Told;

/** What clients make of answers. One that nobody waits for any more changes nothing. */
final class Answers {

    private final Setting setting;
    private final Judge judge;
    private final boolean anyReads;

    Answers(Setting setting, Judge judge) {
        this.setting = setting;
        this.judge = judge;
        this.anyReads = setting.anyReads();
    }

    /** A member has written it. A fallback of which nothing was sent is called off. */
    State written(State state, Operation operation, int member) {
        if (!setting.awaits(state, operation, Phase.CACHE) && !setting.awaits(state, operation, Phase.FALLING_BACK)) {
            return state;
        }
        return ends(judge.acknowledged(state, operation, member), operation);
    }

    /** A member's error that leaves open what became of it. */
    State failed(State state, Operation operation) {
        if (!setting.awaits(state, operation, Phase.CACHE)) {
            return state;
        }
        return operation.resilient() ? fallsBack(state, operation) : told(state, operation, Told.UNKNOWN);
    }

    /** A member has stored nothing. */
    State refused(State state, Operation operation) {
        if (!setting.awaits(state, operation, Phase.CACHE)) {
            return state;
        }
        return operation.resilient() ? fallsBack(state, operation) : ends(judge.refused(state, operation), operation);
    }

    /** The row has not taken an attempt. */
    State notTaken(State state, Operation operation, AttemptOutcome outcome, boolean answerLost) {
        if (!setting.awaits(state, operation, Phase.CACHE)) {
            return state;
        }
        return switch (AttemptAnswer.to(AttemptAnswers.notTaken(outcome, answerLost))) {
            case WRITTEN -> writtenByShard(judge.durable(state, operation), operation);
            case FALL_BACK -> fallsBack(state, operation);
            case REFUSED -> ends(judge.refused(state, operation), operation);
        };
    }

    /** It is on the row, and maybe not in memory: the entry has to be evicted. */
    State writtenByShard(State state, Operation operation) {
        State told = judge.acknowledgedByShard(state, operation);
        int client = operation.client();
        State evicting = setting.has(Mechanism.EVICTED_AFTERWARDS) ? evicts(told, operation) : told;
        boolean fromNow = !setting.has(Mechanism.EVICTED_AFTERWARDS) || !setting.has(Mechanism.OVERLAY_UNTIL_EVICTED);
        Client overlaying = evicting.client(client);
        return ends(evicting.with(client, fromNow ? overlaying.remembersLately(true) : overlaying), operation);
    }

    State evicts(State state, Operation operation) {
        if (!anyReads) {
            return state;
        }
        Member a = state.member(Member.A);
        int member = a.owner() && a.life() != Member.Life.DEAD ? Member.A : Member.B;
        Client client = state.client(operation.client());
        return state.plus(new Message.Evict(operation.number(), member)).with(operation.client(), client.evicts());
    }

    State evicted(State state, int operation) {
        int client = setting.operation(operation).client();
        return state.with(client, state.client(client).evicted());
    }

    /** Nobody knows what has become of it. */
    State unknown(State state, Operation operation) {
        return evicts(told(state, operation, Told.UNKNOWN), operation);
    }

    /** A read has found this operation's value. */
    State found(State state, Operation operation, int value) {
        return setting.awaits(state, operation, Phase.CACHE)
                ? ends(judge.read(state, operation.client(), value), operation)
                : state;
    }

    private State fallsBack(State state, Operation operation) {
        int client = operation.client();
        return state.with(client, state.client(client).in(Phase.FALLING_BACK));
    }

    private static State told(State state, Operation operation, Told told) {
        return ends(state.with(state.ledger().ends(operation, told)), operation);
    }

    private static State ends(State state, Operation operation) {
        return state.with(operation.client(), state.client(operation.client()).ends());
    }
}
