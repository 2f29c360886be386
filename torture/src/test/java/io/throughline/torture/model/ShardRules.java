package io.throughline.torture.model;

import io.throughline.mapstore.attempt.AttemptOutcome;
import io.throughline.mapstore.direct.SentCopies;
import io.throughline.mapstore.statement.BatchReply;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.writer.WriterRow;
import io.throughline.mapstore.writer.WriterStamp;
import io.throughline.torture.model.Client.Phase;
import io.throughline.torture.model.Message.Batch;
import io.throughline.torture.model.Message.Direct;
import io.throughline.torture.model.Scenario.Trait;
import io.throughline.torture.model.Work.Answer;
import io.throughline.torture.model.Work.Task;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The shard: statements run in any order, each as one transaction. */
final class ShardRules implements Rules {

    private static final UUID MEMBER = new UUID(0, 0);
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMillis(Setting.MAX_CLOCK_SKEW_MILLIS);

    private final Setting setting;
    private final RowRules rows;
    private final Answers answers;
    private final Judge judge;

    ShardRules(Setting setting, Answers answers, Judge judge) {
        this.setting = setting;
        this.rows = setting.rowRules();
        this.answers = answers;
        this.judge = judge;
    }

    @Override
    public void next(State state, Moves moves) {
        for (Message message : state.sea()) {
            if (message instanceof Batch batch) {
                if (batch.running()) {
                    commits(state, batch, moves);
                } else {
                    locks(state, batch, moves);
                }
            } else if (message instanceof Direct direct) {
                runs(state, direct, moves);
            }
        }
    }

    private void locks(State state, Batch batch, Moves moves) {
        Writer writer = state.writers().get(batch.member());
        WriterRow row = new WriterRow(writer.epoch(), writer.fenced());
        Operation operation = setting.operation(batch.operation());
        String name = Member.name(batch.member());
        if (new BatchReply(row, true, true, false, Map.of()).applied(new WriterStamp(MEMBER, batch.epoch()), true)) {
            Batch running =
                    new Batch(batch.operation(), batch.member(), batch.epoch(), batch.deadline(), true, batch.orphan());
            moves.add(
                    state.minus(batch).plus(running),
                    "the batch of %s with the %s locks its writer's row: neither fenced nor of an older epoch",
                    name,
                    operation);
        } else {
            Answer answer = writer.fenced() ? Answer.FENCED : Answer.EPOCH_RAISED;
            moves.add(
                    answered(state.minus(batch), batch, answer),
                    "the batch of %s with the %s is refused by its writer's row",
                    name,
                    operation);
        }
    }

    private void commits(State state, Batch batch, Moves moves) {
        Operation operation = setting.operation(batch.operation());
        State rest = state.minus(batch);
        if (operation.resilient()) {
            attempt(rest, batch, operation, moves);
            return;
        }
        State changed = rest.with(operation.deletes() ? rows.delete(state.row()) : rows.put(state.row()));
        moves.add(
                answered(judge.takesEffect(changed, operation, batch.member(), 0), batch, Answer.APPLIED),
                "the batch of %s with the %s commits",
                Member.name(batch.member()),
                operation);
    }

    private void attempt(State rest, Batch batch, Operation operation, Moves moves) {
        RowRules.Attempted attempted = rows.attempt(rest.row(), operation.id(), batch.deadline(), rest.now());
        State changed = rest.with(attempted.row());
        Answer answer = switch (attempted.outcome()) {
            case APPLIED -> Answer.APPLIED;
            case REPEATED -> Answer.REPEATED;
            case OVERTAKEN -> Answer.LATE;
            case AHEAD -> throw new IllegalStateException("the model's clients are not ahead of the shard's clock");
        };
        if (attempted.outcome() == AttemptOutcome.APPLIED
                && batch.deadline() >= rest.now()
                && forgotten(rest, operation)) {
            return; // Left out: docs/model.md, "What it found".
        }
        State judged = attempted.outcome() == AttemptOutcome.APPLIED
                ? judge.takesEffect(changed, operation, batch.member(), batch.deadline())
                : changed;
        moves.add(
                answered(judged, batch, answer),
                "the batch of %s with the attempt of the %s commits: %s",
                Member.name(batch.member()),
                operation,
                attempted.outcome());
    }

    /** Whether the row has taken the attempt before, and has forgotten it though its deadline has not passed. */
    private boolean forgotten(State rest, Operation operation) {
        return !setting.has(Trait.FORGOTTEN_ATTEMPTS)
                && rest.history().positionOf(operation.number()) > 0
                && !rest.ledger().hasRunAtShard(operation)
                && !rest.row().hasTaken(operation.id());
    }

    /** Its member hears it, unless the connection or the member is gone. */
    private static State answered(State state, Batch batch, Answer answer) {
        Member member = state.member(batch.member());
        if (batch.orphan() || member.work().task() != Task.STORE) {
            return state;
        }
        Member marked = answer == Answer.APPLIED ? member.marks(state.history().size()) : member;
        return state.with(batch.member(), marked.works(member.work().answered(answer, 0)));
    }

    private void runs(State state, Direct direct, Moves moves) {
        Operation operation = setting.operation(direct.operation());
        RowRules.Written written = rows.direct(
                state.row(),
                operation.deletes(),
                operation.id(),
                direct.deadline(),
                direct.seal(),
                direct.forgottenFrom(),
                state.now());
        State changed =
                state.minus(direct).with(written.row()).with(state.ledger().ranAtShard(operation));
        State judged = written.applied() ? judge.takesEffect(changed, operation, direct.deadline()) : changed;
        boolean taken =
                written.applied() || (written.row().hasTaken(operation.id()) && setting.has(Mechanism.ID_IN_ATTEMPTS));
        moves.add(
                direct.orphan() ? judged : replied(judged, operation, reply(judged, taken)),
                "the direct copy of the %s with deadline %d runs: %s",
                operation,
                direct.deadline(),
                written.applied() ? "written" : taken ? "the row has taken it before" : "not written");
    }

    private DirectReply reply(State state, boolean taken) {
        Row row = state.row();
        return new DirectReply(
                taken,
                row.exists() ? row.notBefore() : 0,
                row.present() ? "there" : null,
                rows.asIfFour(row.attempts()),
                state.now(),
                true,
                true,
                false);
    }

    private State replied(State state, Operation operation, DirectReply reply) {
        int number = operation.client();
        Client client = state.client(number);
        if (!setting.awaits(state, operation, Phase.SHARD)) {
            return state;
        }
        SentCopies copies = client.copies();
        return switch (copies.verdict(reply, MAX_CLOCK_SKEW)) {
            case WRITTEN ->
                answers.writtenByShard(
                        reply.taken() ? judge.durable(state, operation) : judge.overwritten(state, operation),
                        operation);
            case OVERTAKEN -> state.with(number, client.sendsAgain(copies.after(reply.notBefore())));
            case TRY_AGAIN -> state.with(number, client.sendsAgain(copies));
            case FORGOTTEN -> answers.unknown(state, operation);
        };
    }
}
