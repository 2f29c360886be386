package io.throughline.bench.loader;

import io.throughline.bench.generator.Arrivals;
import io.throughline.bench.generator.OpenLoop;
import io.throughline.bench.generator.Operation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Puts and gets that are due at rates of their own. Their latency counts from when they were due, whatever kept them. Runs
 * once.
 */
final class OpenCalls {

    private static final int BOUND = 2048;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(40);

    private final Calls calls;
    private final Sending sending;
    private final StepOrder order;
    private final Executor threads;

    /** @param threads which outlive it, so that what they allocate can be read afterwards */
    OpenCalls(Calls calls, Sending sending, StepOrder order, Executor threads) {
        this.calls = calls;
        this.sending = sending;
        this.order = order;
        this.threads = threads;
    }

    StepReport run() throws InterruptedException {
        OpenLoop puts = loop(order.putsPerSecond(), calls::put);
        OpenLoop gets = loop(order.getsPerSecond(), calls::getRecent);
        long begin = System.nanoTime();
        long end = begin + Duration.ofMillis(order.millis()).toNanos();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> run(gets, begin, end), threads);
        puts.run(begin, end);
        reading.join();
        puts.awaitAnswers(ANSWERS_WITHIN);
        gets.awaitAnswers(ANSWERS_WITHIN);
        return calls.report((System.nanoTime() - begin) / 1e9, puts.neverStarted() + gets.neverStarted());
    }

    private static void run(OpenLoop loop, long begin, long end) {
        try {
            loop.run(begin, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OpenLoop loop(double rate, Supplier<Call> next) {
        long nanos = Duration.ofMillis(order.millis()).toNanos();
        Operation operation = (due, answered) -> sending.send(calls, next.get(), due, answered);
        return new OpenLoop(
                new Arrivals(Math.round(rate * nanos / 1e9), nanos, order.millis()), rate, operation, BOUND);
    }
}
