package io.throughline.torture.model;

/**
 * What a member's partition is busy with: one store or load at a time, as all others of the partition wait.
 *
 * @param deadline of an attempt; 0 for what is none
 * @param found what a load has read, or the position that it has asked for
 * @param maybeStored whether an answer was lost
 */
record Work(Task task, int operation, long deadline, Phase phase, Answer answer, int found, boolean maybeStored) {

    /** What is done. */
    enum Task {
        NONE,
        STORE,
        LOAD
    }

    /** How far it is. */
    enum Phase {
        WAITING,
        /** A load knows the position that a standby must have replayed. */
        POSITIONED,
        SENT,
        /** The database has answered, and the member has not yet looked at it. */
        ANSWERED
    }

    /** What the database has said. */
    enum Answer {
        NONE,
        APPLIED,
        /** The row has refused the attempt. */
        LATE,
        /** The row had taken the attempt before. */
        REPEATED,
        EPOCH_RAISED,
        FENCED
    }

    static final Work IDLE = new Work(Task.NONE, 0, 0, Phase.WAITING, Answer.NONE, 0, false);

    static Work store(int operation, long deadline) {
        return new Work(Task.STORE, operation, deadline, Phase.WAITING, Answer.NONE, 0, false);
    }

    static Work load(int operation) {
        return new Work(Task.LOAD, operation, 0, Phase.WAITING, Answer.NONE, 0, false);
    }

    Work sent() {
        return new Work(task, operation, deadline, Phase.SENT, Answer.NONE, 0, maybeStored);
    }

    Work positioned(int position) {
        return new Work(task, operation, deadline, Phase.POSITIONED, Answer.NONE, position, maybeStored);
    }

    Work answered(Answer said, int value) {
        return new Work(task, operation, deadline, Phase.ANSWERED, said, value, maybeStored);
    }

    /** To be sent again. */
    Work again() {
        return new Work(task, operation, deadline, Phase.WAITING, Answer.NONE, 0, maybeStored);
    }

    Work answerLost() {
        return new Work(task, operation, deadline, Phase.WAITING, Answer.NONE, 0, true);
    }

    boolean is(Task what, Phase at) {
        return task == what && phase == at;
    }
}
