package io.throughline.bench.generator;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts operations when they are due, whether or not earlier ones were answered. Their number in flight is bounded, as
 * memory is; where the bound is reached, the next starts late, and its latency still counts from when it was due. What is
 * due and not started is the backlog.
 *
 * <p>{@link #run} belongs to one thread; the rest may be called by any.
 */
public final class OpenLoop {

    private static final long BLOCKED_POLL_MILLIS = 20;

    private final Arrivals arrivals;
    private final double ratePerNano;
    private final Operation operation;
    private final int bound;
    private final Semaphore permits;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong started = new AtomicLong();
    private volatile long nextDue = Long.MAX_VALUE;
    private volatile long neverStarted;

    public OpenLoop(Arrivals arrivals, double ratePerSecond, Operation operation, int bound) {
        this.arrivals = arrivals;
        this.ratePerNano = ratePerSecond / 1e9;
        this.operation = operation;
        this.bound = bound;
        this.permits = new Semaphore(bound);
    }

    /** Until all that is due by the end has been started, or the end has come, or {@link #stop}. */
    public void run(long beginNanos, long endNanos) throws InterruptedException {
        while (arrivals.hasNext()) {
            long due = beginNanos + arrivals.next();
            nextDue = due;
            if (!awaitDue(due)) {
                break;
            }
            if (!acquire(endNanos)) {
                neverStarted = dueSince(beginNanos, due);
                break;
            }
            started.incrementAndGet();
            operation.start(due, permits::release);
        }
        nextDue = Long.MAX_VALUE;
    }

    private long dueSince(long beginNanos, long first) {
        long now = System.nanoTime();
        long count = 0;
        for (long due = first; due <= now; due = beginNanos + arrivals.next()) {
            count++;
            if (!arrivals.hasNext()) {
                break;
            }
        }
        return count;
    }

    private boolean awaitDue(long due) throws InterruptedException {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            if (stopped.get()) {
                return false;
            }
            // No longer than this at a time, so that stop is heard.
            LockSupport.parkNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(BLOCKED_POLL_MILLIS)));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return !stopped.get();
    }

    private boolean acquire(long endNanos) throws InterruptedException {
        while (!permits.tryAcquire(BLOCKED_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stopped.get() || System.nanoTime() > endNanos) {
                return false;
            }
        }
        return true;
    }

    void stop() {
        stopped.set(true);
    }

    long started() {
        return started.get();
    }

    /** What was due when the loop ended, and was still waiting for its turn. */
    public long neverStarted() {
        return neverStarted;
    }

    public int inFlight() {
        return bound - permits.availablePermits();
    }

    /** How many are due and not started, by how late the next one is. */
    long backlog() {
        long due = nextDue;
        long late = due == Long.MAX_VALUE ? 0 : System.nanoTime() - due;
        return late <= 0 ? 0 : (long) (late * ratePerNano);
    }

    /** @return whether all were answered in that time */
    public boolean awaitAnswers(Duration atMost) throws InterruptedException {
        if (permits.tryAcquire(bound, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            permits.release(bound);
            return true;
        }
        return false;
    }
}
