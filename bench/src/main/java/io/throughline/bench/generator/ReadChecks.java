package io.throughline.bench.generator;

import io.throughline.bench.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the gets that were checked, and keeps the first of those that were wrong. Thread-safe. */
public final class ReadChecks {

    private static final int KEPT = 20;

    /**
     * @param floor the version that was acknowledged when the get began
     * @param version what it returned; 0 where that is no version at all
     */
    public record WrongRead(Verdict verdict, String key, int floor, int version) {

        @Override
        public String toString() {
            return key + ": a get that began after version " + floor + " was acknowledged returned "
                    + (version == 0 ? "none of its versions" : "version " + version) + " (" + verdict.meaning() + ")";
        }
    }

    private final LongAdder checked = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final List<WrongRead> first = new ArrayList<>();

    void add(Verdict verdict, String key, int floor, int version) {
        if (floor > 0) {
            checked.increment();
        }
        if (verdict != Verdict.GOOD) {
            wrong.increment();
            keep(new WrongRead(verdict, key, floor, version));
        }
    }

    private synchronized void keep(WrongRead read) {
        if (first.size() < KEPT) {
            first.add(read);
        }
    }

    /** Gets of a key that had an acknowledged write when they began. */
    public long checked() {
        return checked.sum();
    }

    public long wrong() {
        return wrong.sum();
    }

    public synchronized List<WrongRead> first() {
        return List.copyOf(first);
    }
}
