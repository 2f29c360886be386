package io.throughline.mapstore.batch;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.row.RowOperation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An operation on its way through a lane, and the thread that waits for it. The waiting thread gives up by itself at
 * the deadline, so that a lane which hangs in a socket can't hold it. Where that is the lane's own thread, the lane does so.
 *
 * <p>Thread-safe: one thread waits, one lane works.
 */
public abstract sealed class Pending permits PendingWrite, PendingLoad {

    private enum Phase {
        /** Not sent, or sent and certainly not stored. */
        WAITING,
        /** Sent, and no answer yet. */
        SENT,
        DONE,
        /** The caller has gone. */
        GIVEN_UP
    }

    private final RowOperation operation;
    private final Duration timeout;
    private final long deadlineNanos;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile boolean unanswered;
    private volatile @Nullable Throwable lastFailure;
    private volatile @Nullable ThroughlineException outcome;
    private volatile @Nullable Thread waiter;
    private volatile boolean givesUpOnItsLane;

    Pending(RowOperation operation, Duration timeout) {
        this.operation = operation;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    final RowOperation operation() {
        return operation;
    }

    /** That its row belongs to. */
    public final int partition() {
        return operation.partition();
    }

    final String key() {
        return operation.key();
    }

    final Duration timeout() {
        return timeout;
    }

    /** What this weighs in a batch, in bytes. */
    abstract int bytes();

    /** No other thread waits for this: its lane sees to the deadline. */
    final void givesUpOnItsLane() {
        givesUpOnItsLane = true;
    }

    final boolean isOverdue() {
        return System.nanoTime() - deadlineNanos >= 0;
    }

    final boolean isMoreUrgentThan(Pending other) {
        return deadlineNanos - other.deadlineNanos < 0;
    }

    /** False where the caller has gone or has its answer. For the lane. */
    final boolean wanted() {
        if (givesUpOnItsLane && isOverdue()) {
            giveUp();
        }
        Phase now = phase.get();
        return now == Phase.WAITING || now == Phase.SENT;
    }

    /** It has ended, and its caller has its answer only when the lane's thread returns to it. */
    final boolean waitsForItsLane() {
        return givesUpOnItsLane && isEnded();
    }

    /** The lane is about to send this. False where nobody waits for it any more. */
    final boolean beginSend() {
        return phase.compareAndSet(Phase.WAITING, Phase.SENT) || phase.get() == Phase.SENT;
    }

    /** The database has certainly not stored what was sent last. */
    final void notStored(Throwable failure) {
        lastFailure = failure;
        if (!unanswered) {
            phase.compareAndSet(Phase.SENT, Phase.WAITING);
        }
    }

    /** The answer got lost, so this stays in doubt, whatever a later try says, until one succeeds. */
    final void maybeStored(Throwable failure) {
        lastFailure = failure;
        unanswered = true;
    }

    final boolean mayBeStored() {
        return unanswered;
    }

    /**
     * What is said of this when it was not done: refused, unless an earlier run may have stored it.
     *
     * @param what what happened, a sentence without its full stop
     * @param wayOut what to do, a sentence
     */
    ThroughlineException failure(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return unanswered
                ? operation.unknown(code, what + "; an earlier try got no answer", wayOut, cause)
                : operation.refused(code, what, wayOut, cause);
    }

    final @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    final void succeed() {
        finish(null);
    }

    final void fail(ThroughlineException failure) {
        finish(failure);
    }

    private void finish(@Nullable ThroughlineException failure) {
        outcome = failure;
        phase.set(Phase.DONE);
        Thread now = waiter;
        if (now != null) {
            LockSupport.unpark(now);
        }
    }

    /**
     * Waits until this is done, or its timeout has passed. An interrupt does not end the wait, for the outcome would be
     * lost; it is kept for the caller.
     *
     * @throws ThroughlineException if it did not succeed
     */
    public final void await() {
        boolean interrupted = false;
        waiter = Thread.currentThread();
        while (!isEnded()) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                giveUp();
            } else {
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ThroughlineException failure = outcome;
        if (failure != null) {
            throw failure;
        }
    }

    private boolean isEnded() {
        Phase now = phase.get();
        return now == Phase.DONE || now == Phase.GIVEN_UP;
    }

    /** Does nothing if it got done at the last moment. */
    private void giveUp() {
        if (phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP)) {
            outcome = neverSent();
        } else if (phase.compareAndSet(Phase.SENT, Phase.GIVEN_UP)) {
            outcome = neverAnswered();
        }
    }

    abstract ThroughlineException neverSent();

    abstract ThroughlineException neverAnswered();

    /** What the last failure adds to an error's message. */
    final String lastFailureWords() {
        Throwable failure = lastFailure;
        return failure == null ? "" : "; the last failure: " + failure.getMessage();
    }
}
