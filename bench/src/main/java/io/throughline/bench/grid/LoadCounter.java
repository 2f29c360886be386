package io.throughline.bench.grid;

/** Finds the counter of loaded keys, one for each shard, in Prometheus' text format. Stateless. */
final class LoadCounter {

    private static final String NAME = "throughline_load_keys_sum";

    private LoadCounter() {}

    static double sum(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(NAME))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .sum();
    }
}
