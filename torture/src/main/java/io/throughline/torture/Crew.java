package io.throughline.torture;

import io.throughline.torture.clients.Seat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The clients of a run and the threads that use them. Used by one thread. */
final class Crew {

    private final Duration answeredWithin;
    private final List<Seat> seats = new ArrayList<>();
    private final Map<Thread, Worker> workers = new LinkedHashMap<>();

    /** @param answeredWithin for which what is under way is waited for at the end */
    Crew(Duration answeredWithin) {
        this.answeredWithin = answeredWithin;
    }

    /** @param name of the client's threads */
    void add(String name, Seat seat, List<Worker> itsWorkers) {
        seats.add(seat);
        for (Worker worker : itsWorkers) {
            workers.put(new Thread(worker, name + "-" + workers.size()), worker);
        }
    }

    void start() {
        workers.keySet().forEach(Thread::start);
    }

    /**
     * Ends the clients once the workers, which have been told to stop, have the outcome of what is under way. Does nothing the
     * second time.
     *
     * @return what got none; with its client's end it gets an unknown one
     */
    List<String> end() {
        boolean interrupted = awaitWorkers();
        List<String> unanswered = workers.entrySet().stream()
                .filter(worker -> worker.getKey().isAlive())
                .map(worker -> worker.getValue().asked())
                .toList();
        seats.forEach(Seat::close);
        interrupted |= awaitWorkers();
        seats.clear();
        workers.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return unanswered;
    }

    /** Whether that was interrupted. */
    private boolean awaitWorkers() {
        long deadline = System.nanoTime() + answeredWithin.toNanos();
        boolean interrupted = false;
        for (Thread worker : workers.keySet()) {
            try {
                worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
