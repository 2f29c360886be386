package io.throughline.bench.peers;

/** The main thread of a JVM that a comparison starts. Stateless. */
public final class MainThread {

    private MainThread() {}

    /** When it throws, its JVM ends with it: other threads would keep that alive, and let wait who started it. */
    public static void endsItsJvm() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
    }
}
