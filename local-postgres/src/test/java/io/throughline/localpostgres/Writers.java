package io.throughline.localpostgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that insert row after row, go on after failures, and note what was acknowledged and the longest pause. */
final class Writers implements AutoCloseable {

    private final Rows rows;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong longestPause = new AtomicLong();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    Writers(Rows rows, int count) {
        this.rows = rows;
        for (int number = 0; number < count; number++) {
            Thread thread = new Thread(this::write, "writer-" + number);
            threads.add(thread);
            thread.start();
        }
    }

    private void write() {
        long last = System.nanoTime();
        while (!ended) {
            try (Connection connection = rows.connect()) {
                while (!ended) {
                    long id = next.incrementAndGet();
                    rows.insert(connection, id);
                    acknowledged.add(id);
                    long now = System.nanoTime();
                    long pause = now - last;
                    longestPause.accumulateAndGet(pause, Math::max);
                    last = now;
                }
            } catch (SQLException notAcknowledged) {
                Thread.onSpinWait();
            }
        }
    }

    int count() {
        return acknowledged.size();
    }

    long longestPauseMillis() {
        return longestPause.get() / 1_000_000;
    }

    /** Ends the threads and gives every id whose insert returned. */
    Set<Long> acknowledged() {
        close();
        return acknowledged;
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
