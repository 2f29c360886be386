package io.throughline.localpostgres;

/** Told each step while shards start, fail over or are cloned. Called from several threads. */
@FunctionalInterface
public interface Progress {

    /**
     * @param place a shard such as {@code shard-1}, a node such as {@code shard-1/node-2}, or empty for all
     * @param step one line for a person
     */
    void step(String place, String step);

    static Progress silent() {
        return (place, step) -> {};
    }
}
