package io.throughline.torture.check;

import io.throughline.torture.check.KeyHistory.Sight;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** No read is further behind than promised; how far behind they were. */
final class StaleReads {

    private StaleReads() {}

    static Stream<Finding> in(KeyHistory history) {
        OldReads old = new OldReads(history);
        Overwriting writes = new Overwriting(history.steps());
        return history.reads()
                .flatMap(read -> old
                        .replacedBy(read, writes)
                        .filter(write -> write.to() < read.from())
                        .map(write -> old.finding(Kind.STALE_READ, read, write, sentence(old, read, write)))
                        .stream());
    }

    static Optional<StalestRead> stalest(KeyHistory history) {
        OldReads old = new OldReads(history);
        Overwriting writes = new Overwriting(history.steps());
        return history.reads()
                .flatMap(read -> old
                        .replacedBy(read, writes)
                        .filter(write -> write.to() < read.operation().invoked())
                        .map(write -> new StalestRead(
                                read.operation(), history.operation(write.operation()), behind(read, write)))
                        .stream())
                .max(Comparator.comparingLong(StalestRead::behind));
    }

    private static String sentence(OldReads old, Sight read, Step write) {
        long allowed = read.operation().invoked() - read.from();
        return String.format(
                Locale.ROOT,
                "%s at least %.3f s before it began; allowed were %.3f s.",
                old.said(read, write),
                behind(read, write) / 1e9,
                allowed / 1e9);
    }

    private static long behind(Sight read, Step write) {
        return read.operation().invoked() - write.to();
    }
}
