package io.throughline.torture.model;

import io.throughline.mapstore.direct.SentCopies;
import io.throughline.torture.model.Client.Phase;
import io.throughline.torture.model.Message.Direct;
import io.throughline.torture.model.Message.Request;
import io.throughline.torture.model.Operation.Kind;
import io.throughline.torture.model.Scenario.Trait;

/** The resilient map: an attempt through the cache, a fallback to the shard, the eviction, the overlay. */
final class ResilientClientRules implements Rules {

    private final Setting setting;
    private final Answers answers;

    ResilientClientRules(Setting setting, Answers answers) {
        this.setting = setting;
        this.answers = answers;
    }

    @Override
    public void next(State state, Moves moves) {
        for (int number = 0; number < state.clients().size(); number++) {
            Client client = state.client(number);
            leavesOverlay(state, number, moves);
            if (!setting.finished(state, number)
                    && setting.current(state, number).resilient()) {
                Operation operation = setting.current(state, number);
                switch (client.phase()) {
                    case IDLE -> starts(state, operation, moves);
                    case CACHE -> timesOut(state, operation, moves);
                    case FALLING_BACK -> sends(state, operation, moves);
                    case SENDING_AGAIN -> {
                        sends(state, operation, moves);
                        givesUp(state, operation, moves);
                    }
                    case SHARD -> losesConnection(state, operation, moves);
                }
            }
        }
    }

    private void starts(State state, Operation operation, Moves moves) {
        switch (operation.kind()) {
            case RESILIENT_PUT -> {
                attempts(state, operation, moves);
                if (setting.has(Trait.BREAKER)) {
                    goesToShard(PlainClientRules.begun(state, operation), operation, moves);
                }
            }
            case RESILIENT_REMOVE -> goesToShard(PlainClientRules.begun(state, operation), operation, moves);
            case RESILIENT_GET -> reads(state, operation, moves);
            case PLAIN_PUT, PLAIN_DELETE, PLAIN_GET -> throw new IllegalStateException(operation + " is plain");
        }
    }

    private void attempts(State state, Operation operation, Moves moves) {
        long deadline = state.now() + Setting.CACHE_TIMEOUT_MILLIS;
        State begun = PlainClientRules.begun(state, operation);
        Client client = begun.client(operation.client()).asksCache(SentCopies.attempt(deadline, state.now()), 0);
        for (int member = 0; member < state.members().size(); member++) {
            if (PlainClientRules.mayBeAsked(state.member(member))) {
                moves.add(
                        begun.with(operation.client(), client).plus(new Request(operation.number(), member, deadline)),
                        "client %d sends an attempt of its %s to %s, with deadline %d",
                        operation.client() + 1,
                        operation,
                        Member.name(member),
                        deadline);
            }
        }
    }

    private void timesOut(State state, Operation operation, Moves moves) {
        if (operation.kind() == Kind.RESILIENT_PUT) {
            goesToShard(state, operation, moves);
        }
    }

    private void goesToShard(State state, Operation operation, Moves moves) {
        Client client = state.client(operation.client()).in(Phase.FALLING_BACK);
        State falling = state.with(operation.client(), client);
        moves.add(
                setting.has(Mechanism.EVICTED_AFTERWARDS) ? falling : answers.evicts(falling, operation),
                "client %d will send its %s to the shard itself",
                operation.client() + 1,
                operation);
    }

    private void sends(State state, Operation operation, Moves moves) {
        Client client = state.client(operation.client());
        SentCopies copies = copy(client, state.now());
        boolean seal = client.copies().mayArrive();
        Direct direct = new Direct(operation.number(), copies.latest(), copies.forgottenFrom(), seal, false);
        moves.add(
                state.with(operation.client(), client.sends(copies)).plus(direct),
                "client %d sends its %s to the shard, with deadline %d",
                operation.client() + 1,
                operation,
                copies.latest());
    }

    private SentCopies copy(Client client, long now) {
        SentCopies next = client.copies().next(now);
        boolean same = client.phase() == Phase.SENDING_AGAIN && !setting.has(Mechanism.LATER_DEADLINES);
        return same ? new SentCopies(client.copies().latest(), next.firstSent(), true, next.mayArrive()) : next;
    }

    private void losesConnection(State state, Operation operation, Moves moves) {
        if (state.budget().cuts() == 0) {
            return;
        }
        Client client = state.client(operation.client());
        for (Message message : state.sea()) {
            if (message instanceof Direct sent && sent.operation() == operation.number() && !sent.orphan()) {
                Direct orphan = new Direct(sent.operation(), sent.deadline(), sent.forgottenFrom(), sent.seal(), true);
                moves.add(
                        state.minus(sent)
                                .plus(orphan)
                                .with(
                                        operation.client(),
                                        client.sendsAgain(client.copies().lost()))
                                .with(state.budget().withCuts(state.budget().cuts() - 1)),
                        "client %d loses its connection to the shard; what it sent may still run",
                        operation.client() + 1);
            }
        }
    }

    private void givesUp(State state, Operation operation, Moves moves) {
        if (setting.has(Trait.GIVES_UP)) {
            moves.add(
                    answers.unknown(state, operation),
                    "client %d gives up: it is unknown what became of its %s",
                    operation.client() + 1,
                    operation);
        }
    }

    private void reads(State state, Operation operation, Moves moves) {
        int number = operation.client();
        Client client = state.client(number);
        if (!overlays(client)) {
            PlainClientRules.ask(PlainClientRules.begun(state, operation), operation, moves);
            return;
        }
        int found = setting.has(Mechanism.OVERLAY_WITHOUT_VALUES) ? state.visible() : client.wrote();
        moves.add(
                answers.found(PlainClientRules.begun(state, operation), operation, found),
                "client %d reads %s, from %s",
                number + 1,
                setting.value(found),
                setting.has(Mechanism.OVERLAY_WITHOUT_VALUES) ? "the shard" : "its overlay");
    }

    private boolean overlays(Client client) {
        boolean evicting = client.evictions() > 0 && setting.has(Mechanism.OVERLAY_UNTIL_EVICTED);
        return setting.has(Mechanism.OVERLAY) && (evicting || client.lately());
    }

    /** One time to live has passed, so that nothing is left in memory of what was there when it began. */
    private void leavesOverlay(State state, int number, Moves moves) {
        Client client = state.client(number);
        boolean evicting = client.evictions() > 0 && setting.has(Mechanism.OVERLAY_UNTIL_EVICTED);
        if (client.lately() && !evicting && !TimeRules.memoryIsOlder(state, client.overlaid())) {
            moves.add(
                    state.with(number, client.remembersLately(false)),
                    "one time to live has passed, and client %d reads through the cache again",
                    number + 1);
        }
    }
}
