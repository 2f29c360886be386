package io.throughline.torture.model;

import io.throughline.mapstore.UnknownOutcomeException;
import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.batch.AttemptAnswers;
import io.throughline.torture.model.Message.Backup;
import io.throughline.torture.model.Message.Batch;
import io.throughline.torture.model.Message.Request;
import io.throughline.torture.model.Scenario.Trait;
import io.throughline.torture.model.Work.Task;

/** A member's store: its duties, the batch, and then memory, the backup and the client. */
final class StoreRules implements Rules {

    private final Setting setting;
    private final Answers answers;
    private final Duties duties;

    StoreRules(Setting setting, Answers answers, Duties duties) {
        this.setting = setting;
        this.answers = answers;
        this.duties = duties;
    }

    @Override
    public void next(State state, Moves moves) {
        for (int number = 0; number < state.members().size(); number++) {
            Member member = state.member(number);
            if (member.runs() && member.work().task() == Task.STORE) {
                switch (member.work().phase()) {
                    case WAITING -> waits(state, number, moves);
                    case SENT -> losesConnection(state, number, moves);
                    case ANSWERED -> {
                        losesConnection(state, number, moves);
                        hears(state, number, moves);
                    }
                    case POSITIONED -> throw new IllegalStateException("a store needs no position");
                }
            }
        }
    }

    private Operation operation(Member member) {
        return setting.operation(member.work().operation());
    }

    private void waits(State state, int number, Moves moves) {
        Member member = state.member(number);
        if (!member.owner()) {
            moved(state, number, moves);
        } else if (duties.done(member)) {
            if (!leaseRuns(state, number)) {
                sends(state, number, moves);
            }
        } else {
            duties.settle(state, number, moves);
        }
        if (setting.has(Trait.REFUSALS) && !member.work().maybeStored()) {
            refuses(state, number, moves);
        }
    }

    /** The others have the partition from A, not long ago. */
    private void refuses(State state, int number, Moves moves) {
        Operation operation = operation(state.member(number));
        boolean came = number != Member.A && setting.has(Mechanism.SECOND_RUN_UNKNOWN);
        State free = free(state, number);
        State told = !operation.resilient() && AttemptAnswers.neverSent(came) instanceof UnknownOutcomeException
                ? answers.failed(free, operation)
                : answers.refused(free, operation);
        moves.add(told, "%s gives up the %s, as the shard takes nothing for a while", Member.name(number), operation);
    }

    /** By its end, what the removed member held when it was fenced has expired. */
    private boolean leaseRuns(State state, int number) {
        boolean first = number == Member.B && state.member(number).mark() == 0;
        return setting.has(Trait.STRICT_LEASE)
                && first
                && state.removed(Member.A)
                && state.member(Member.A).memory() != Member.NOTHING;
    }

    private static State free(State state, int number) {
        return state.with(number, state.member(number).works(Work.IDLE));
    }

    private void sends(State state, int number, Moves moves) {
        Member member = state.member(number);
        Work work = member.work();
        Batch batch = new Batch(work.operation(), number, member.epoch(), work.deadline(), false, false);
        moves.add(
                state.with(number, member.works(work.sent())).plus(batch),
                "%s sends its batch with the %s, of epoch %d",
                Member.name(number),
                operation(member),
                member.epoch());
    }

    /** The statement may still run, now or later. An attempt is not sent again. */
    private void losesConnection(State state, int number, Moves moves) {
        Budget budget = state.budget();
        if (budget.cuts() == 0) {
            return;
        }
        Member member = state.member(number);
        State cut = state.with(budget.withCuts(budget.cuts() - 1)).with(number, member.losesAnswer(true));
        for (Message message : state.sea()) {
            if (message instanceof Batch batch && batch.member() == number && !batch.orphan()) {
                cut = cut.minus(batch)
                        .plus(new Batch(
                                batch.operation(), number, batch.epoch(), batch.deadline(), batch.running(), true));
            }
        }
        moves.add(
                operation(member).resilient() ? answers.failed(free(cut, number), operation(member)) : cut,
                "%s loses its connection to the shard, and the answer",
                Member.name(number));
    }

    private void hears(State state, int number, Moves moves) {
        Member member = state.member(number);
        switch (member.work().answer()) {
            case APPLIED -> written(state, number, moves);
            case REPEATED -> {
                if (setting.has(Mechanism.REPEATED_NOT_KEPT)) {
                    notTaken(state, number, AttemptOutcome.REPEATED, moves);
                } else {
                    written(state, number, moves);
                }
            }
            case LATE -> notTaken(state, number, AttemptOutcome.OVERTAKEN, moves);
            case EPOCH_RAISED ->
                moves.add(
                        state.with(
                                number,
                                member.adopts(state.writers().get(number).epoch())
                                        .works(member.work().again())),
                        "%s hears that its epoch was raised",
                        Member.name(number));
            case FENCED -> fenced(state, number, moves);
            case NONE -> throw new IllegalStateException("answered, with no answer");
        }
    }

    private void notTaken(State state, int number, AttemptOutcome outcome, Moves moves) {
        Member member = state.member(number);
        moves.add(
                answers.notTaken(
                        free(state, number),
                        operation(member),
                        outcome,
                        member.work().maybeStored()),
                "%s hears that the row has not taken the %s",
                Member.name(number),
                operation(member));
    }

    /** What one that is no owner any more has not stored is sent to the new one; what it may have stored is not. */
    private void moved(State state, int number, Moves moves) {
        Member member = state.member(number);
        Work work = member.work();
        State free = free(state, number);
        moves.add(
                work.maybeStored()
                        ? answers.failed(free, operation(member))
                        : free.plus(new Request(work.operation(), state.owner(), work.deadline())),
                "%s gives up the %s, as the partition has moved",
                Member.name(number),
                operation(member));
    }

    private void fenced(State state, int number, Moves moves) {
        Member member = state.member(number);
        State ended = state.with(number, member.dead());
        moves.add(
                member.work().maybeStored()
                        ? answers.failed(ended, operation(member))
                        : answers.refused(ended, operation(member)),
                "%s hears that it is fenced, and ends",
                Member.name(number));
    }

    private void written(State state, int number, Moves moves) {
        Member member = state.member(number);
        Operation operation = operation(member);
        if (!member.owner()) {
            Work work = member.work();
            moves.add(
                    free(state, number).plus(new Request(work.operation(), state.owner(), work.deadline())),
                    "%s has stored the %s, but the partition has moved: Hazelcast runs it again there",
                    Member.name(number),
                    operation);
        } else if (member.silent()) {
            moves.add(
                    answers.failed(free(state, number), operation),
                    "%s has stored the %s, and hears no majority: an error",
                    Member.name(number),
                    operation);
        } else {
            keeps(state, number, moves);
        }
    }

    /** Memory, then the backup, whose acknowledgement answers the client. */
    private void keeps(State state, int number, Moves moves) {
        Member member = state.member(number);
        Operation operation = operation(member);
        int value = operation.deletes() ? Member.NOTHING : operation.number();
        int version = member.version() + 1;
        State kept = state.with(number, member.works(Work.IDLE).keeps(value, version));
        if (number == Member.B) {
            moves.add(
                    answers.written(kept, operation, number),
                    "member B keeps %s in memory; client %d hears that its %s is written",
                    operation.value(),
                    operation.client() + 1,
                    operation);
            return;
        }
        State sent = kept.plus(new Backup(operation.number(), number, value, version, false));
        if (setting.has(Mechanism.BACKUP_ACKNOWLEDGES)) {
            moves.add(sent, "%s keeps %s in memory, and tells its backup", Member.name(number), operation.value());
        } else {
            moves.add(
                    answers.written(sent, operation, number),
                    "%s keeps %s in memory; client %d hears that its %s is written",
                    Member.name(number),
                    operation.value(),
                    operation.client() + 1,
                    operation);
        }
    }
}
