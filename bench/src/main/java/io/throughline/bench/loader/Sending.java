package io.throughline.bench.loader;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Begins an operation and returns at once, whatever the client is. Thread-safe. */
interface Sending {

    /** @param answered is run when the answer is there and booked */
    void send(Calls calls, Call call, long sinceNanos, Runnable answered);

    static Sending through(AsyncClient client) {
        return (calls, call, sinceNanos, answered) -> {
            try {
                client.begin(call)
                        .whenCompleteAsync(
                                (value, failure) -> {
                                    calls.answered(call, value, failure, sinceNanos);
                                    answered.run();
                                },
                                Runnable::run);
            } catch (RuntimeException notSent) {
                calls.failed(call, notSent);
                answered.run();
            }
        };
    }

    static Threads through(BlockingClient client, int threads) {
        return new Threads(client, threads);
    }

    /** Threads of their own for a client that waits for its answers. */
    final class Threads implements Sending, AutoCloseable {

        private final BlockingClient client;
        private final ExecutorService threads;

        private Threads(BlockingClient client, int count) {
            this.client = client;
            this.threads = Executors.newFixedThreadPool(count);
        }

        @Override
        public void send(Calls calls, Call call, long sinceNanos, Runnable answered) {
            threads.execute(() -> {
                try {
                    calls.succeeded(call, client.perform(List.of(call)).get(0), sinceNanos);
                } catch (SQLException | RuntimeException e) {
                    calls.failed(call, e);
                } finally {
                    answered.run();
                }
            });
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }
}
