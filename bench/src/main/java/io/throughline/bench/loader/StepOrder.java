package io.throughline.bench.loader;

/**
 * @param inFlight callers, each with one operation at a time; 0 where operations are due at a rate
 * @param putsPerSecond that rate, else 0
 * @param getsPerSecond likewise
 */
public record StepOrder(Workload workload, int inFlight, long millis, double putsPerSecond, double getsPerSecond) {

    public static StepOrder closed(Workload workload, int inFlight, long millis) {
        return new StepOrder(workload, inFlight, millis, 0, 0);
    }

    public static StepOrder open(Workload workload, double putsPerSecond, double getsPerSecond, long millis) {
        return new StepOrder(workload, 0, millis, putsPerSecond, getsPerSecond);
    }
}
