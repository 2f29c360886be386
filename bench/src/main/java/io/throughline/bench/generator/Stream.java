package io.throughline.bench.generator;

/** One kind of operation under way, and what became of it so far. Thread-safe. */
public final class Stream {

    private final Tally tally;
    private final OpenLoop loop;

    Stream(Tally tally, OpenLoop loop) {
        this.tally = tally;
        this.loop = loop;
    }

    OpenLoop loop() {
        return loop;
    }

    public Tally tally() {
        return tally;
    }

    public long started() {
        return loop.started();
    }

    /** What was still in the backlog when the load ended. */
    public long neverStarted() {
        return loop.neverStarted();
    }

    public int inFlight() {
        return loop.inFlight();
    }

    /** Due and not started, because as many are in flight as may be. */
    public long backlog() {
        return loop.backlog();
    }
}
