package io.throughline.bench.cost;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A JVM that allocates a mebibyte for each {@code m} that it reads, and for each {@code t} in a thread that goes on until the next
 * {@code e}. Answers each with a dot.
 */
final class Allocating {

    private static final int ARRAYS = 1024;
    private static final int ARRAY_BYTES = 1024;
    private static final int HEADER_BYTES = 16;

    /** So that no compiler can leave an array out. */
    static volatile byte[] last = {};

    private Allocating() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread other = new Thread(() -> allocateAndAwait(end));
        for (int order = System.in.read(); order >= 0; order = System.in.read()) {
            switch (order) {
                case 'm' -> allocate();
                case 't' -> {
                    other.start();
                    while (other.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
                case 'e' -> {
                    end.countDown();
                    other.join();
                }
                default -> throw new IllegalArgumentException("" + (char) order);
            }
            System.out.write('.');
            System.out.flush();
        }
    }

    private static void allocateAndAwait(CountDownLatch end) {
        allocate();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void allocate() {
        for (int array = 0; array < ARRAYS; array++) {
            last = new byte[ARRAY_BYTES - HEADER_BYTES];
        }
    }
}
