package io.throughline.bench.loader;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Callers that wait in queues for a thread to perform their operation. A caller's time counts from when it was answered
 * last, so waiting for a thread is part of it. Runs once.
 */
final class CallerQueues {

    /** @param since when it was ready for it */
    private record Waiting(Call call, long since) {}

    private final BlockingClient client;
    private final Calls calls;
    private final int callers;
    private final long endNanos;
    /** Of all callers together; less than 0 where they ran out of operations before the end. */
    private final LongAdder overtimeNanos = new LongAdder();

    private final ExecutorService threads;
    private final List<BlockingClient.Lane> lanes;
    private final List<BlockingQueue<Waiting>> queues = new ArrayList<>();
    private final AtomicBoolean exhausted = new AtomicBoolean();

    /** @param threads which outlive it, so that what they allocate can be read afterwards */
    CallerQueues(BlockingClient client, Calls calls, int callers, long endNanos, ExecutorService threads) {
        this.client = client;
        this.calls = calls;
        this.callers = callers;
        this.endNanos = endNanos;
        this.threads = threads;
        this.lanes = client.lanes(callers);
        lanes.forEach(lane -> queues.add(new LinkedBlockingQueue<>()));
    }

    /**
     * Until the end, and the answers to what was begun.
     *
     * @return seconds that a caller had work, on average
     */
    double run() throws InterruptedException {
        long begin = System.nanoTime();
        for (int caller = 0; caller < callers; caller++) {
            enqueue();
        }
        List<Callable<Object>> work = new ArrayList<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            int number = lane;
            for (int each = 0; each < lanes.get(lane).threads(); each++) {
                work.add(Executors.callable(() -> work(number)));
            }
        }
        for (Future<Object> done : threads.invokeAll(work)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a caller's thread ended too early", e);
            }
        }
        // What no thread took was never sent: nothing may be said of it.
        queues.forEach(queue -> queue.forEach(waiting -> calls.withdraw(waiting.call())));
        return (endNanos - begin + overtimeNanos.sum() / (double) callers) / 1e9;
    }

    private void enqueue() {
        long now = System.nanoTime();
        Call call = now - endNanos < 0 ? calls.next() : null;
        if (call == null) {
            overtimeNanos.add(now - endNanos);
            exhausted.set(true);
        } else {
            queueOf(call).add(new Waiting(call, now));
        }
    }

    private BlockingQueue<Waiting> queueOf(Call call) {
        int shard = lanes.size() == 1 ? 0 : client.shardOf(call.name());
        return queues.get(shard);
    }

    private void work(int lane) {
        List<Waiting> taken = new ArrayList<>();
        try {
            while (System.nanoTime() - endNanos < 0) {
                Waiting first = queues.get(lane).poll(10, TimeUnit.MILLISECONDS);
                if (first == null && exhausted.get()) {
                    break;
                }
                if (first != null) {
                    taken.add(first);
                    queues.get(lane).drainTo(taken, lanes.get(lane).most() - 1);
                    perform(taken);
                    for (int answered = 0; answered < taken.size(); answered++) {
                        enqueue();
                    }
                    taken.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(List<Waiting> taken) {
        try {
            List<? extends @Nullable Object> answers =
                    client.perform(taken.stream().map(Waiting::call).toList());
            for (int each = 0; each < taken.size(); each++) {
                calls.succeeded(
                        taken.get(each).call(),
                        answers.get(each),
                        taken.get(each).since());
            }
        } catch (SQLException | RuntimeException e) {
            taken.forEach(waiting -> calls.failed(waiting.call(), e));
        }
    }
}
