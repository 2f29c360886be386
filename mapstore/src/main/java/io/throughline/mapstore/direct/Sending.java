package io.throughline.mapstore.direct;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long a direct operation may take, its wait for a connection included, and whether it has been sent: one that the
 * cache has done meanwhile can be called off until then. Thread-safe.
 */
public final class Sending {

    private enum Phase {
        WAITING,
        SENT,
        CALLED_OFF
    }

    private final Duration timeout;
    private final long deadlineNanos;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

    /** The time runs from here. */
    public Sending(Duration timeout) {
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** True where nothing of it has been sent; then nothing will be. */
    public boolean callOff() {
        return phase.compareAndSet(Phase.WAITING, Phase.CALLED_OFF) || phase.get() == Phase.CALLED_OFF;
    }

    boolean begin() {
        return phase.compareAndSet(Phase.WAITING, Phase.SENT) || phase.get() == Phase.SENT;
    }

    Duration timeout() {
        return timeout;
    }

    boolean late() {
        return System.nanoTime() - deadlineNanos >= 0;
    }
}
