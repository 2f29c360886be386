package io.throughline.bench.loader;

/**
 * What a step came to. Latencies in milliseconds: of the writes, or of the reads where there is nothing else; of the reads
 * beside writes, readsP50 and readsP99.
 *
 * @param operations that succeeded; of putAll and getAll, entries
 * @param seconds of the callers' work, on average over them and up to the last answer of each: one that waits long for it
 *     weighs as one. Where operations are due at a rate, the time that they were due in, whenever they were answered
 * @param failed operations whose outcome is unknown, also those that weren't answered in the end
 * @param firstFailure empty where there is none
 * @param wrongReads gets that returned less than what was acknowledged when they began
 * @param emptyReads gets that found nothing though every key was there
 * @param neverStarted operations that were due at the end and had to wait for others until then
 */
public record StepReport(
        long operations,
        double seconds,
        double p50,
        double p99,
        double p999,
        double max,
        double readsP50,
        double readsP99,
        long failed,
        String firstFailure,
        long wrongReads,
        long emptyReads,
        long neverStarted) {

    public double perSecond() {
        return operations / seconds;
    }
}
