package io.throughline.torture.clients;

import java.util.Optional;

/** A client's place in the run, whoever holds it: a client that ends is replaced by another. Thread-safe. */
public interface Seat extends AutoCloseable {

    /** Who holds it now; empty while nobody does. */
    Optional<TortureClient> holder();

    @Override
    void close();

    /** Held by one client to the end. */
    static Seat of(TortureClient client) {
        return new Seat() {

            @Override
            public Optional<TortureClient> holder() {
                return Optional.of(client);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
