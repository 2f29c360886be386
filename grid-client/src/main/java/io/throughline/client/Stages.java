package io.throughline.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What follows on a future, on whichever thread completes it: Hazelcast's own too, so it has to be short. */
final class Stages {

    private Stages() {}

    /**
     * With an executor of our own making, as Hazelcast would else run it in the common pool, which on two cores gives every
     * callback a new thread (docs/threads.md).
     */
    // What is done by then has its own ways to fail.
    @SuppressWarnings("FutureReturnValueIgnored")
    static <T> void whenDone(CompletableFuture<T> future, BiConsumer<T, @Nullable Throwable> then) {
        future.whenCompleteAsync(then, Runnable::run);
    }
}
