package io.throughline.mapstore.schema;

import java.time.Duration;

/** A wait between two tries. */
final class Pause {

    private Pause() {}

    /** @return false if this thread was interrupted, and should give up */
    static boolean of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
