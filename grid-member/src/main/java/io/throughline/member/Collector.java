package io.throughline.member;

/** A garbage collector of the JVM. */
public enum Collector {
    /** Least memory and processor for a heap of some hundred megabytes on one or two cores. */
    SERIAL("-XX:+UseSerialGC"),
    /** Most throughput where there are cores for it. */
    PARALLEL("-XX:+UseParallelGC"),
    /** Shortest pauses of the three for a heap of gigabytes. */
    G1("-XX:+UseG1GC");

    private final String flag;

    Collector(String flag) {
        this.flag = flag;
    }

    String flag() {
        return flag;
    }
}
