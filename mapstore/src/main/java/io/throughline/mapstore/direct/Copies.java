package io.throughline.mapstore.direct;

import org.jspecify.annotations.Nullable;

/** The copies of one operation that have been sent, each with a later deadline than the one before. For one thread. */
final class Copies {

    private long latest;
    private long firstSent;
    private boolean mayArrive;
    private boolean follow;

    Copies(@Nullable SentAttempt attempt) {
        this.latest = attempt == null ? 0 : attempt.attempt().deadline();
        this.firstSent = attempt == null ? Long.MAX_VALUE : attempt.sentAt();
        this.mayArrive = attempt != null;
    }

    /** Whether one that was sent may still take effect, or may have. */
    boolean mayArrive() {
        return mayArrive;
    }

    /** When the first of them was sent; in an hour no clock knows where none may have arrived. */
    long firstSent() {
        return mayArrive ? firstSent : Long.MAX_VALUE;
    }

    /** The deadline of the next copy. */
    long next(long now) {
        latest = Math.max(now, latest + 1);
        firstSent = Math.min(firstSent, now);
        return latest;
    }

    /** The row has taken this deadline, so the next one has to be later. */
    void after(long notBefore) {
        latest = Math.max(latest, notBefore);
        follow = true;
    }

    /** Whether their deadline is the row's and not this client's clock's. */
    boolean follow() {
        return follow;
    }

    /** The answer to the last copy is lost. */
    void lost() {
        mayArrive = true;
    }

    /** What was sent has certainly not been taken, and its deadline was a wrong clock's. */
    void beginAnew() {
        latest = 0;
        firstSent = Long.MAX_VALUE;
    }
}
