package io.throughline.bench.loader;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
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
    /** Of all callers together; less than 0 where they ran out of operations before the end. */
    private final LongAdder overtimeNanos = new LongAdder();

    CallerChains(AsyncClient client, Calls calls, int callers, long endNanos) {
        this.client = client;
        this.calls = calls;
        this.callers = new CountDownLatch(callers);
        this.endNanos = endNanos;
    }

    /**
     * Until the end, and the answers to what was begun.
     *
     * @return seconds that a caller had work, on average
     */
    double run() throws InterruptedException {
        long begin = System.nanoTime();
        long count = callers.getCount();
        for (long caller = 0; caller < count; caller++) {
            goOn();
        }
        callers.await();
        return (endNanos - begin + overtimeNanos.sum() / (double) count) / 1e9;
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
        overtimeNanos.add(System.nanoTime() - endNanos);
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
