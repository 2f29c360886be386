package io.throughline.bench.loader;

import io.throughline.bench.generator.Arrivals;
import io.throughline.bench.generator.OpenLoop;
import io.throughline.bench.generator.Operation;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Puts and gets that are due at rates of their own. Their latency counts from when they were due, whatever kept them. Runs
 * once.
 */
final class OpenCalls {

    private static final int BOUND = 2048;

    private final Calls calls;
    private final Sending sending;
    private final StepOrder order;
    private final Duration answersWithin;
    private final Executor threads;
    private final SplittableRandom seeds = new SplittableRandom();

    /**
     * @param answersWithin after the end; what has none by then has failed
     * @param threads which outlive it, so that what they allocate can be read afterwards
     */
    OpenCalls(Calls calls, Sending sending, StepOrder order, Duration answersWithin, Executor threads) {
        this.calls = calls;
        this.sending = sending;
        this.order = order;
        this.answersWithin = answersWithin;
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
        long latest = System.nanoTime() + answersWithin.toNanos();
        calls.unanswered(unanswered(puts, latest) + unanswered(gets, latest), answersWithin);
        return calls.report(order.millis() / 1e3, puts.neverStarted() + gets.neverStarted());
    }

    private static int unanswered(OpenLoop loop, long latest) throws InterruptedException {
        Duration left = Duration.ofNanos(Math.max(0, latest - System.nanoTime()));
        return loop.awaitAnswers(left) ? 0 : loop.inFlight();
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
        long count = Math.round(rate * nanos / 1e9);
        Operation operation = (due, answered) -> sending.send(calls, next.get(), due, answered);
        return new OpenLoop(new Arrivals(count, nanos, seeds.nextLong()), rate, operation, BOUND);
    }
}
