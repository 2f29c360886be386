package io.throughline.mapstore.direct;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a direct operation has been sent, so that one which the cache has done meanwhile can still be called off.
 * Thread-safe.
 */
public final class Sending {

    private enum Phase {
        WAITING,
        SENT,
        CALLED_OFF
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

    /** True where nothing of it has been sent; then nothing will be. */
    public boolean callOff() {
        return phase.compareAndSet(Phase.WAITING, Phase.CALLED_OFF) || phase.get() == Phase.CALLED_OFF;
    }

    boolean begin() {
        return phase.compareAndSet(Phase.WAITING, Phase.SENT) || phase.get() == Phase.SENT;
    }
}
