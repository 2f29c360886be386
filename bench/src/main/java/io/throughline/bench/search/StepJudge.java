package io.throughline.bench.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says whether a grid held a rate, by how many operations were outstanding, that is due and not answered, over the step. A
 * grid that keeps up has about as many at the end as before; one that doesn't gathers more and more. The step's first
 * quarter doesn't count, as caches, pools and compilers warm up in it. Not thread-safe.
 */
public final class StepJudge {

    /** Growth that chance and a passing pause may cause: half of what there was, and what falls due in 50 ms. */
    private static final double TOLERATED_GROWTH = 1.5;

    private static final double TOLERATED_SECONDS = 0.05;

    /** More than falls due in this time is a queue, even where it doesn't grow. */
    private static final double LONGEST_QUEUE_SECONDS = 0.5;

    private final double operationsPerSecond;
    private final List<Long> outstanding = new ArrayList<>();

    /** @param operationsPerSecond puts and gets */
    public StepJudge(double operationsPerSecond) {
        this.operationsPerSecond = operationsPerSecond;
    }

    /** To be called at even intervals while the load lasts. */
    public void sample(long outstandingNow) {
        outstanding.add(outstandingNow);
    }

    /** @param neverStarted what was still in the backlog when the step ended */
    public StepVerdict verdict(long failures, long neverStarted) {
        if (failures > 0) {
            return new StepVerdict(false, failures + " operations failed");
        }
        if (neverStarted > 0) {
            return new StepVerdict(false, neverStarted + " operations were due and not started when it ended");
        }
        double before = meanOfQuarter(1);
        double after = meanOfQuarter(3);
        double limit = Math.min(
                before * TOLERATED_GROWTH + operationsPerSecond * TOLERATED_SECONDS,
                operationsPerSecond * LONGEST_QUEUE_SECONDS);
        String why = String.format(
                Locale.ROOT,
                "outstanding %,.0f in the second quarter, %,.0f in the last, limit %,.0f",
                before,
                after,
                limit);
        return new StepVerdict(after <= limit, why);
    }

    private double meanOfQuarter(int quarter) {
        int from = outstanding.size() * quarter / 4;
        int to = outstanding.size() * (quarter + 1) / 4;
        return outstanding.subList(from, to).stream()
                .mapToLong(Long::longValue)
                .average()
                .orElse(0);
    }
}
