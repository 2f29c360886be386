package io.throughline.torture.clients;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;

/** A client in this JVM. */
public final class LocalClient implements TortureClient {

    private final int number;
    private final ClientKind kind;
    private final TimedCalls calls;
    private final Runnable end;

    /** @param end closes what the calls go through */
    public LocalClient(int number, ClientKind kind, GridCalls calls, RunClock clock, Runnable end) {
        this.number = number;
        this.kind = kind;
        this.calls = new TimedCalls(calls, clock);
        this.end = end;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public ClientKind kind() {
        return kind;
    }

    @Override
    public Answer perform(String key, Action asked) {
        return calls.perform(key, asked);
    }

    @Override
    public void close() {
        end.run();
    }
}
