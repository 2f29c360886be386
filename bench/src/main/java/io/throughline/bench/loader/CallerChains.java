package io.throughline.bench.loader;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Callers whose next operation begins in the thread that brings the answer to the one before: nothing is handed over. Runs
 * once.
 */
final class CallerChains {

    private static final Executor AT_ONCE = Runnable::run;

    private final AsyncClient client;
    private final Calls calls;
    private final CountDownLatch callers;
    private final long endNanos;

    CallerChains(AsyncClient client, Calls calls, int callers, long endNanos) {
        this.client = client;
        this.calls = calls;
        this.callers = new CountDownLatch(callers);
        this.endNanos = endNanos;
    }

    /** Until the end, and the answers to what was begun. */
    void run() throws InterruptedException {
        long count = callers.getCount();
        for (long caller = 0; caller < count; caller++) {
            goOn();
        }
        callers.await();
    }

    /** A loop, as an answer that is there at once would nest calls without end. */
    private void goOn() {
        while (System.nanoTime() - endNanos < 0) {
            Call call = calls.next();
            if (call == null) {
                break;
            }
            long since = System.nanoTime();
            CompletionStage<?> answer = begin(call);
            if (answer == null) {
                continue;
            }
            if (answer.toCompletableFuture().isDone()) {
                answer.whenCompleteAsync((value, failure) -> calls.answered(call, value, failure, since), AT_ONCE);
                continue;
            }
            answer.whenCompleteAsync(
                    (value, failure) -> {
                        calls.answered(call, value, failure, since);
                        goOn();
                    },
                    AT_ONCE);
            return;
        }
        callers.countDown();
    }

    private @Nullable CompletionStage<?> begin(Call call) {
        try {
            return client.begin(call);
        } catch (RuntimeException notSent) {
            calls.failed(call, notSent);
            return null;
        }
    }
}
