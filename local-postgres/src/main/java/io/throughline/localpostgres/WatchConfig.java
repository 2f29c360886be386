package io.throughline.localpostgres;

import io.throughline.localpostgres.LocalPostgresException.Code;
import java.time.Duration;

/**
 * How patient the watch is.
 *
 * @param interval from one look to the next
 * @param answer how long a primary may take to answer a look; whole seconds
 * @param badLooks in a row, after which a primary is replaced, and a standby whose process is gone is restarted
 * @param silence after which a standby that runs but does not follow its primary is restarted, later cloned
 */
public record WatchConfig(Duration interval, Duration answer, int badLooks, Duration silence) {

    public WatchConfig {
        require(interval.toMillis() >= 10, "interval is " + interval + ", but must be 10 ms or more");
        require(answer.toSeconds() >= 1, "answer is " + answer + ", but must be a second or more");
        require(badLooks >= 1, "badLooks is " + badLooks + ", but must be 1 or more");
        require(silence.compareTo(interval) >= 0, "silence is " + silence + ", but must not be below the interval");
    }

    /** A killed primary is replaced after about a second, one that hangs after about seven. */
    public static WatchConfig standard() {
        return new WatchConfig(Duration.ofMillis(300), Duration.ofSeconds(2), 3, Duration.ofSeconds(10));
    }

    int silentLooks() {
        return (int) Math.max(badLooks, silence.toMillis() / interval.toMillis());
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new LocalPostgresException(Code.INVALID_CONFIG, otherwise);
        }
    }
}
