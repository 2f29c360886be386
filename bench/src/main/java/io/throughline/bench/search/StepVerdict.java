package io.throughline.bench.search;

/** @param why the numbers that it rests on */
public record StepVerdict(boolean held, String why) {}
