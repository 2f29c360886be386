package io.throughline.torture.model;

import io.throughline.torture.model.Member.Life;
import io.throughline.torture.model.Message.Backup;
import io.throughline.torture.model.Message.Evict;
import io.throughline.torture.model.Message.Request;

/** What a member does with requests: one at a time, in any order. */
final class RequestRules implements Rules {

    private final Setting setting;
    private final Answers answers;

    RequestRules(Setting setting, Answers answers) {
        this.setting = setting;
        this.answers = answers;
    }

    @Override
    public void next(State state, Moves moves) {
        for (Message message : state.sea()) {
            if (message instanceof Request request) {
                arrives(state, request, moves);
            } else if (message instanceof Evict evict) {
                arrives(state, evict, moves);
            }
        }
    }

    private void arrives(State state, Request request, Moves moves) {
        Member member = state.member(request.member());
        Operation operation = setting.operation(request.operation());
        State taken = state.minus(request);
        String name = Member.name(request.member());
        if (!member.runs()) {
            return;
        }
        if (!member.owner()) {
            moves.add(
                    elsewhere(taken, request), "%s passes on the %s, as the partition is not its own", name, operation);
        } else if (member.idle() && member.silent()) {
            refusesInSilence(taken, request, moves);
        } else if (member.idle()) {
            begins(taken, request, moves);
            runsTwice(state, request, moves);
        }
    }

    private static State elsewhere(State taken, Request request) {
        return taken.plus(new Request(request.operation(), taken.owner(), request.deadline()));
    }

    private void refusesInSilence(State taken, Request request, Moves moves) {
        Operation operation = setting.operation(request.operation());
        moves.add(
                operation.reads() ? elsewhere(taken, request) : answers.failed(taken, operation),
                "%s, which hears no majority, refuses the %s",
                Member.name(request.member()),
                operation);
    }

    private void begins(State taken, Request request, Moves moves) {
        Member member = taken.member(request.member());
        Operation operation = setting.operation(request.operation());
        String name = Member.name(request.member());
        if (!operation.reads()) {
            Work store = Work.store(request.operation(), request.deadline());
            moves.add(taken.with(request.member(), member.works(store)), "%s begins the %s", name, operation);
        } else if (member.memory() == Member.NOTHING) {
            Work load = Work.load(request.operation());
            moves.add(
                    taken.with(request.member(), member.works(load)),
                    "%s has nothing in memory for client %d, and begins a load",
                    name,
                    operation.client() + 1);
        } else {
            moves.add(
                    answers.found(taken, operation, member.memory()),
                    "client %d reads %s from %s's memory",
                    operation.client() + 1,
                    setting.value(member.memory()),
                    name);
        }
    }

    /** Hazelcast runs some operations twice: the second run may come at any time. */
    private void runsTwice(State state, Request request, Moves moves) {
        Budget budget = state.budget();
        if (budget.duplicates() > 0 && request.deadline() > 0) {
            State left = state.with(budget.withDuplicates(budget.duplicates() - 1));
            Work store = Work.store(request.operation(), request.deadline());
            moves.add(
                    left.with(request.member(), state.member(request.member()).works(store)),
                    "%s begins the %s, and will run it a second time",
                    Member.name(request.member()),
                    setting.operation(request.operation()));
        }
    }

    private void arrives(State state, Evict evict, Moves moves) {
        Member member = state.member(evict.member());
        State taken = state.minus(evict);
        boolean gone = !member.owner() || refusesEvictions(member) || member.life() == Life.DEAD;
        if (gone && state.owner() != evict.member()) {
            moves.add(
                    taken.plus(new Evict(evict.operation(), state.owner())),
                    "the eviction fails at %s, and is sent to %s",
                    Member.name(evict.member()),
                    Member.name(state.owner()));
        } else if (!gone && member.idle()) {
            evicts(taken, evict, moves);
        }
    }

    private boolean refusesEvictions(Member member) {
        return member.silent() && member.runs() && setting.has(Mechanism.EVICTION_NEEDS_MAJORITY);
    }

    /** What the owner lacks is not evicted at the backup either. */
    private void evicts(State taken, Evict evict, Moves moves) {
        Member member = taken.member(evict.member());
        String name = Member.name(evict.member());
        if (member.memory() == Member.NOTHING || evict.member() == Member.B) {
            State evicted = taken.with(evict.member(), member.keeps(Member.NOTHING));
            moves.add(answers.evicted(evicted, evict.operation()), "%s evicts the entry", name);
            return;
        }
        int version = member.version() + 1;
        moves.add(
                taken.with(evict.member(), member.keeps(Member.NOTHING, version))
                        .plus(new Backup(evict.operation(), evict.member(), Member.NOTHING, version, true)),
                "%s evicts the entry, and tells its backup",
                name);
    }
}
