package io.throughline.bench.generator;

import org.HdrHistogram.Histogram;

/** Of operations that succeeded, in milliseconds. */
public record LatencySummary(long count, double p50, double p99, double p999, double max) {

    static LatencySummary of(Histogram micros) {
        return new LatencySummary(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getMaxValue() / 1e3);
    }
}
