package io.throughline.cli.transfer;

import org.jspecify.annotations.Nullable;

/**
 * How far a range was written to the file.
 *
 * @param last the last key that was; null for none
 */
record RangeProgress(KeyRange range, @Nullable String last, boolean done) {

    static RangeProgress none(KeyRange range) {
        return new RangeProgress(range, null, false);
    }

    @Nullable
    String goOnAfter() {
        return last == null ? range.after() : last;
    }
}
