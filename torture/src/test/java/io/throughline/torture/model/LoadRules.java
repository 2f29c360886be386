package io.throughline.torture.model;

import io.throughline.mapstore.statement.LoadStatement;
import io.throughline.mapstore.writer.WriterRow;
import io.throughline.mapstore.writer.WriterStamp;
import io.throughline.torture.model.Message.Request;
import io.throughline.torture.model.Scenario.Trait;
import io.throughline.torture.model.Work.Answer;
import io.throughline.torture.model.Work.Phase;
import io.throughline.torture.model.Work.Task;
import java.util.Map;
import java.util.UUID;

/** A member's load after a miss: from the primary, or from a standby that has replayed what the primary had. */
final class LoadRules implements Rules {

    private static final UUID MEMBER = new UUID(0, 0);

    private final Setting setting;
    private final Answers answers;
    private final Duties duties;

    LoadRules(Setting setting, Answers answers, Duties duties) {
        this.setting = setting;
        this.answers = answers;
        this.duties = duties;
    }

    @Override
    public void next(State state, Moves moves) {
        for (int number = 0; number < state.members().size(); number++) {
            Member member = state.member(number);
            if (member.runs() && member.work().task() == Task.LOAD) {
                switch (member.work().phase()) {
                    case WAITING -> {
                        if (duties.done(member)) {
                            asks(state, number, moves);
                        } else {
                            duties.settle(state, number, moves);
                        }
                    }
                    case POSITIONED -> readsStandby(state, number, moves);
                    case ANSWERED -> hears(state, number, moves);
                    case SENT -> throw new IllegalStateException("a load is one step");
                }
            }
        }
    }

    /** Whether the member's right to fill its cache holds, by the product's own look at the reply. */
    private static boolean valid(Member member, Writer writer) {
        return new LoadStatement.Reply(new WriterRow(writer.epoch(), writer.fenced()), Map.of())
                .valid(new WriterStamp(MEMBER, member.epoch()));
    }

    private void asks(State state, int number, Moves moves) {
        Member member = state.member(number);
        Writer writer = state.writers().get(number);
        boolean standby = setting.has(Trait.STANDBY_REFILLS);
        if (standby && !setting.has(Mechanism.POSITION_ASKED)) {
            Work byMark = member.work().positioned(member.mark());
            moves.add(
                    state.with(number, member.works(byMark)),
                    "%s asks a standby for what it has committed itself",
                    Member.name(number));
        } else if (!valid(member, writer)) {
            Answer answer = writer.fenced() ? Answer.FENCED : Answer.EPOCH_RAISED;
            moves.add(
                    state.with(number, member.works(member.work().answered(answer, 0))),
                    "the shard refuses the load of %s",
                    Member.name(number));
        } else if (standby) {
            Work positioned = member.work().positioned(state.history().size());
            moves.add(
                    state.with(number, member.works(positioned)),
                    "%s asks the primary for its position, %d",
                    Member.name(number),
                    state.history().size());
        } else {
            reads(state, number, state.history().size(), "the primary", moves);
        }
    }

    private void readsStandby(State state, int number, Moves moves) {
        if (state.replayed() >= state.member(number).work().found()) {
            reads(state, number, state.replayed(), "a standby", moves);
        } else {
            reads(state, number, state.history().size(), "the primary, as the standby is behind,", moves);
        }
    }

    private void reads(State state, int number, int position, String from, Moves moves) {
        Member member = state.member(number);
        int found = state.history().at(position);
        moves.add(
                state.with(number, member.works(member.work().answered(Answer.APPLIED, found))),
                "%s's load reads %s from %s",
                Member.name(number),
                setting.value(found),
                from);
    }

    private void hears(State state, int number, Moves moves) {
        Member member = state.member(number);
        switch (member.work().answer()) {
            case APPLIED -> fills(state, number, moves);
            case EPOCH_RAISED ->
                moves.add(
                        state.with(
                                number,
                                member.adopts(state.writers().get(number).epoch())
                                        .works(member.work().again())),
                        "%s hears that its epoch was raised",
                        Member.name(number));
            case FENCED ->
                moves.add(
                        elsewhere(state.with(number, member.dead()), number, member.work()),
                        "%s hears that it is fenced, and ends",
                        Member.name(number));
            case NONE, LATE, REPEATED -> throw new IllegalStateException("no answer to a load");
        }
    }

    private static State elsewhere(State state, int number, Work load) {
        int owner = state.owner();
        return owner == number ? state : state.plus(new Request(load.operation(), owner, 0));
    }

    private void fills(State state, int number, Moves moves) {
        Member member = state.member(number);
        Work work = member.work();
        State free = state.with(number, member.works(Work.IDLE));
        if (!member.owner() || member.silent()) {
            moves.add(elsewhere(free, number, work), "%s may not answer the load any more", Member.name(number));
            return;
        }
        Operation operation = setting.operation(work.operation());
        int value = setting.present(work.found()) ? work.found() : Member.NOTHING;
        moves.add(
                answers.found(free.with(number, member.works(Work.IDLE).keeps(value)), operation, work.found()),
                "%s keeps %s in memory; client %d reads it",
                Member.name(number),
                setting.value(work.found()),
                operation.client() + 1);
    }

    /** Whether it has read, or may read, what was overwritten before that position. */
    static boolean mayFillWithOlder(State state, Work work, int position) {
        return (work.is(Task.LOAD, Phase.ANSWERED) && TimeRules.isOlder(state, work.found(), position))
                || (work.is(Task.LOAD, Phase.POSITIONED) && work.found() < position);
    }
}
