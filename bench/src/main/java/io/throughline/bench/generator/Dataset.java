package io.throughline.bench.generator;

/**
 * What is written and read.
 *
 * @param valueBytes as it is stored
 * @param recentShare of the gets that go to a key whose put was acknowledged just before
 * @param seed the same seed picks the same times, and the same keys as far as the grid answers in the same order
 */
public record Dataset(int keys, int valueBytes, HotKeys hot, double recentShare, long seed) {}
