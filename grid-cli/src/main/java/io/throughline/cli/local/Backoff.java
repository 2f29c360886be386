package io.throughline.cli.local;

import java.time.Duration;

/**
 * How long to wait before a member that ended is started again: at once the first time, then longer and longer, and from
 * the beginning once it has run for a minute.
 *
 * @param failures in a row
 */
record Backoff(int failures) {

    static final Backoff NONE = new Backoff(0);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SOUND = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;

    Duration pause() {
        if (failures <= 1) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 2, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    Backoff afterEnd(Duration ranFor) {
        return new Backoff(ranFor.compareTo(SOUND) >= 0 ? 1 : failures + 1);
    }
}
