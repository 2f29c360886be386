package io.throughline.cli.local;

import java.time.Duration;

/** One member under watch: when it ended, and when it is to be started again. Times are {@code System.nanoTime}. */
final class MemberWatch {

    private Backoff backoff = Backoff.NONE;
    private long startedAt;
    private boolean ended;
    private long restartAt;

    MemberWatch(long now) {
        this.startedAt = now;
    }

    /** What there is to do. */
    enum Step {
        NOTHING,
        TELL_END,
        RESTART
    }

    Step next(boolean alive, long now) {
        if (alive) {
            return Step.NOTHING;
        }
        if (!ended) {
            ended = true;
            backoff = backoff.afterEnd(Duration.ofNanos(now - startedAt));
            restartAt = now + backoff.pause().toNanos();
            return Step.TELL_END;
        }
        return now - restartAt >= 0 ? Step.RESTART : Step.NOTHING;
    }

    void restarted(long now) {
        ended = false;
        startedAt = now;
    }

    Duration pause() {
        return backoff.pause();
    }
}
