package io.throughline.localpostgres.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same to several at once, and waits for all of them also where one fails. */
public final class Together {

    private Together() {}

    public static <T> void each(List<T> items, Consumer<? super T> action) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "local-postgres");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            items.forEach(item -> running.add(threads.submit(() -> action.accept(item))));
            await(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(List<Future<?>> running) {
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException failure) {
                failures.add(
                        failure.getCause() instanceof RuntimeException known
                                ? known
                                : new IllegalStateException(failure.getCause()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                failures.add(new IllegalStateException("Interrupted while servers start or stop", interrupted));
                break;
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
            throw first;
        }
    }
}
