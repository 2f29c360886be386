package io.throughline.torture.model;

import io.throughline.torture.model.Message.Backup;

/** The backup: it takes what is newer than what it has, and acknowledges it to the client. */
final class BackupRules implements Rules {

    private final Setting setting;
    private final Answers answers;

    BackupRules(Setting setting, Answers answers) {
        this.setting = setting;
        this.answers = answers;
    }

    @Override
    public void next(State state, Moves moves) {
        for (Message message : state.sea()) {
            if (message instanceof Backup backup) {
                if (state.member(Member.B).owner()) {
                    isAwaitedInVain(state, backup, moves);
                } else {
                    arrives(state, backup, moves);
                }
            }
        }
    }

    private void arrives(State state, Backup backup, Moves moves) {
        Member b = state.member(Member.B);
        boolean newer = backup.version() > b.version();
        State kept = newer ? state.with(Member.B, b.keeps(backup.value(), backup.version())) : state;
        moves.add(
                acknowledged(kept.minus(backup), backup),
                "the backup, member B, %s%s",
                newer ? "keeps what its owner has: " : "ignores what is older than it has: ",
                backup.value() == Member.NOTHING ? "nothing" : setting.value(backup.value()));
    }

    /** One that was promoted takes nothing from another owner. The wait ends when what it had has expired. */
    private void isAwaitedInVain(State state, Backup backup, Moves moves) {
        int position = state.history().positionOf(backup.operation());
        if (!setting.anyReads()
                || !TimeRules.isOlder(state, state.member(Member.B).memory(), position)) {
            moves.add(
                    acknowledged(state.minus(backup), backup),
                    "what the backup had has expired, and its acknowledgement is not waited for any longer");
        }
    }

    private State acknowledged(State state, Backup backup) {
        if (backup.eviction()) {
            return answers.evicted(state, backup.operation());
        }
        return answers.written(state, setting.operation(backup.operation()), backup.owner());
    }
}
