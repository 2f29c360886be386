package io.throughline.bench;

import io.throughline.bench.generator.Dataset;
import io.throughline.bench.generator.LoadShape;
import java.time.Duration;

/**
 * What a run does.
 *
 * @param shape of the load; where the highest rate is searched for, the first rate to try and how long to confirm the last
 * @param warmUp how long the load goes before anything is measured; what it writes is in the proof
 * @param findMax whether the highest rate is searched for
 * @param searchStep how long each rate is tried in that search
 * @param patience how long the proof waits for nodes that are down or behind
 */
record LoadPlan(
        LoadShape shape, Dataset dataset, Duration warmUp, boolean findMax, Duration searchStep, Duration patience) {}
