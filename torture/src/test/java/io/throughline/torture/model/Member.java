package io.throughline.torture.model;

import io.throughline.mapstore.writer.OwedDuties.Came;

/**
 * A member. A is the owner at first, B its backup; C, where there is one, has the partition in between.
 *
 * @param owner whether it takes the partition for its own
 * @param silent whether it hears no majority, and so refuses reads and writes
 * @param memory whose value it holds, or {@link #NOTHING}
 * @param version of the partition's memory, counted by puts and evictions
 * @param epoch with which it sends batches
 * @param answerLost whether it owes its own epoch's raise
 * @param came how the partition came to it, while that is owed to the shard
 * @param hasFenced whether it has fenced the one that was removed
 * @param mark the position of its own last commit
 */
record Member(
        Life life,
        boolean owner,
        boolean silent,
        int memory,
        int version,
        Work work,
        long epoch,
        boolean answerLost,
        Came came,
        boolean hasFenced,
        int mark) {

    static final int A = 0;
    static final int B = 1;
    static final int C = 2;
    static final int NOTHING = -1;

    /** Whether it runs. */
    enum Life {
        RUNNING,
        STALLED,
        DEAD
    }

    static Member fresh(boolean owner, int memory) {
        return new Member(Life.RUNNING, owner, false, memory, 0, Work.IDLE, 0, false, Came.LONG_AGO, false, 0);
    }

    static String name(int member) {
        return "member " + "ABC".charAt(member);
    }

    boolean runs() {
        return life == Life.RUNNING;
    }

    boolean idle() {
        return runs() && work.task() == Work.Task.NONE;
    }

    /** Whether it would answer a client's read from its memory. */
    boolean holds() {
        return memory != NOTHING && life != Life.DEAD && !silent;
    }

    Member is(Life now) {
        return new Member(now, owner, silent, memory, version, work, epoch, answerLost, came, hasFenced, mark);
    }

    Member dead() {
        return new Member(Life.DEAD, owner, silent, NOTHING, version, Work.IDLE, epoch, false, came, hasFenced, mark);
    }

    Member keeps(int value) {
        return new Member(life, owner, silent, value, version, work, epoch, answerLost, came, hasFenced, mark);
    }

    Member keeps(int value, int atVersion) {
        return new Member(life, owner, silent, value, atVersion, work, epoch, answerLost, came, hasFenced, mark);
    }

    Member works(Work now) {
        return new Member(life, owner, silent, memory, version, now, epoch, answerLost, came, hasFenced, mark);
    }

    Member adopts(long raised) {
        return new Member(life, owner, silent, memory, version, work, raised, answerLost, came, hasFenced, mark);
    }

    Member losesAnswer(boolean owes) {
        return new Member(life, owner, silent, memory, version, work.answerLost(), epoch, owes, came, hasFenced, mark);
    }

    Member settled(long ownEpoch, boolean fencedOther) {
        return new Member(
                life, owner, silent, memory, version, work, ownEpoch, false, Came.LONG_AGO, fencedOther, mark);
    }

    Member gains(Came how) {
        return new Member(life, true, silent, memory, version, work, epoch, answerLost, how, hasFenced, mark);
    }

    Member handsOver() {
        return new Member(life, false, silent, NOTHING, version, work, epoch, answerLost, came, hasFenced, mark);
    }

    Member hearsNobody() {
        return new Member(life, owner, true, memory, version, work, epoch, answerLost, came, hasFenced, mark);
    }

    Member marks(int position) {
        return new Member(life, owner, silent, memory, version, work, epoch, answerLost, came, hasFenced, position);
    }
}
