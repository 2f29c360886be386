package io.throughline.localpostgres.postmaster;

import java.time.Duration;

/** Looks again after a short pause, until its time is up. Not thread-safe. */
public final class Waiting {

    private static final long PAUSE_MILLIS = 10;

    private final long end;

    public Waiting(Duration patience) {
        end = System.nanoTime() + patience.toNanos();
    }

    /** Pauses, and says whether to look again. An interrupt ends the wait. */
    public boolean goesOn() {
        if (System.nanoTime() - end >= 0) {
            return false;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
