package io.throughline.mapstore.direct;

import io.throughline.mapstore.attempt.Attempt;
import org.jspecify.annotations.Nullable;

/** The copies of one operation that have been sent, each with a later deadline than the one before. For one thread. */
final class Copies {

    private long latest;
    private boolean mayArrive;

    Copies(@Nullable Attempt attempt) {
        this.latest = attempt == null ? 0 : attempt.deadline();
        this.mayArrive = attempt != null;
    }

    /** Whether one that was sent may still take effect. */
    boolean mayArrive() {
        return mayArrive;
    }

    /** The deadline of the next copy. */
    long next(long now) {
        latest = Math.max(now, latest + 1);
        return latest;
    }

    /** The row has taken this deadline, so the next one has to be later. */
    void after(long notBefore) {
        latest = Math.max(latest, notBefore);
    }

    /** The answer to the last copy is lost. */
    void lost() {
        mayArrive = true;
    }
}
