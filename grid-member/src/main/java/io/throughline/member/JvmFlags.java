package io.throughline.member;

import java.util.List;
import java.util.stream.Stream;

/** The flags that a JVM needs to run Hazelcast well. */
public final class JvmFlags {

    /**
     * On two cores the common pool has one thread, and then CompletableFuture starts a new thread for each callback: 2,700
     * instead of 40,000 puts a second. Every JVM that talks to the grid should have this.
     */
    public static final String COMMON_POOL = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4";

    private static final List<String> ACCESS = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private static final int HAZELCAST_IO_THREADS = 3;

    private JvmFlags() {}

    /** For a client's JVM, such as a command of ./grid. */
    public static List<String> client() {
        return List.of(COMMON_POOL, "-Djava.net.preferIPv4Stack=true", "-Dhazelcast.phone.home.enabled=false");
    }

    /** For a member's JVM: a client's, what Hazelcast asks for, and an end rather than a limp when the heap is full. */
    public static List<String> member() {
        return Stream.of(client(), ACCESS, List.of("-XX:+ExitOnOutOfMemoryError"))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * For each of several members on this machine: Hazelcast gives every one of them threads as if it had all cores
     * (docs/threads.md). What comes later on the command line wins.
     *
     * @param members how many share the cores, at least 1
     */
    public static List<String> sharingCores(int members) {
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / members);
        return List.of(
                "-Dhazelcast.operation.thread.count=" + cores,
                "-Dhazelcast.io.thread.count=" + Math.min(HAZELCAST_IO_THREADS, cores));
    }
}
