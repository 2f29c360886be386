package io.throughline.torture.clients;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Held by a client in a process of its own, and by the next when that has ended, as a member does that was fenced. */
final class ChildSeat implements Seat {

    private static final long READY_SECONDS = 60;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<ChildClient> start;
    private volatile ChildClient current;
    private volatile boolean closed;

    ChildSeat(Supplier<ChildClient> start) {
        this.start = start;
        this.current = start.get();
    }

    /** False if it ended instead, or isn't ready in time. */
    boolean awaitReady() {
        return current.awaitReady(READY_SECONDS);
    }

    @Override
    public Optional<TortureClient> holder() {
        ChildClient holder = current;
        if (holder.hasEnded()) {
            replace(holder);
            return Optional.empty();
        }
        return Optional.of(holder);
    }

    private synchronized void replace(ChildClient ended) {
        if (current != ended || closed) {
            return;
        }
        ended.close();
        LockSupport.parkNanos(PAUSE_NANOS);
        current = start.get();
        if (!awaitReady()) {
            current.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            current.close();
        }
    }
}
