package io.throughline.torture.clients;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;

/** One client of the grid. Thread-safe; not more than one operation at a time on a key. */
public interface TortureClient extends AutoCloseable {

    /** Another one after each restart, as a client that was restarted remembers nothing. */
    int number();

    ClientKind kind();

    /** Returns when the outcome is known, or it is known that it stays unknown. Never throws for what the grid does. */
    Answer perform(String key, Action asked);

    /** What has no answer yet ends as unknown. */
    @Override
    void close();
}
