package io.throughline.torture;

import io.throughline.torture.clients.RunClock;
import io.throughline.torture.clients.Seat;
import io.throughline.torture.clients.TortureClient;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One thread of one client: takes turns at keys that are no other thread's of this client, as a client runs one operation at
 * a time on a key.
 */
final class Worker implements Runnable {

    /** Of each client. A stalled member holds up those threads of a plain client that have met it. */
    static final int THREADS = 4;

    private static final double THINK_MILLIS = 40;
    private static final long NOBODY_MILLIS = 200;

    private final Seat seat;
    private final int thread;
    private final List<Workload> workloads;
    private final Recorder recorder;
    private final RunClock clock;
    private final CountDownLatch stopped;
    private final Random random;
    private int writes;
    private volatile String asked = "";

    /**
     * @param workloads at least one
     * @param thread below {@link #THREADS}
     */
    Worker(
            Seat seat,
            List<Workload> workloads,
            int thread,
            long seed,
            Recorder recorder,
            RunClock clock,
            CountDownLatch stopped) {
        this.seat = seat;
        this.thread = thread;
        this.workloads = workloads;
        this.recorder = recorder;
        this.clock = clock;
        this.stopped = stopped;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            while (!stopped.await(pause(seat.holder()), TimeUnit.MILLISECONDS)) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In ms until the next turn. */
    private long pause(Optional<TortureClient> client) {
        if (client.isEmpty()) {
            return NOBODY_MILLIS;
        }
        turn(client.get());
        return (long) (-Math.log(1 - random.nextDouble()) * THINK_MILLIS);
    }

    private void turn(TortureClient client) {
        Workload workload = workloads.get(random.nextInt(workloads.size()));
        int slot = random.nextInt(Workload.SLOTS / THREADS) * THREADS + thread;
        String key = workload.key(slot, clock.now(), random, () -> fresh(client));
        workload.turn((name, action) -> perform(client, name, action), key, random, () -> fresh(client));
        asked = "";
    }

    private Operation perform(TortureClient client, String key, Action action) {
        asked = action + " of " + key + " by client " + client.number();
        return recorder.record(client, key, client.perform(key, action));
    }

    /** What it waits for; empty where it waits for nothing. */
    String asked() {
        return asked;
    }

    private String fresh(TortureClient client) {
        return "c" + client.number() + "." + thread + "-" + ++writes;
    }
}
