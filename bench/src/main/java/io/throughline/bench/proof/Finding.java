package io.throughline.bench.proof;

import io.throughline.bench.ledger.Outcome;
import io.throughline.bench.ledger.Verdict;

/**
 * A row that isn't as it must be.
 *
 * @param acknowledged the last acknowledged version, 0 where there is none
 * @param found the version in the row, 0 where there is no row or none that was ever written
 * @param outcome of the version that was found
 */
public record Finding(Verdict verdict, String key, int acknowledged, int found, Outcome outcome) {

    @Override
    public String toString() {
        return key + ": " + verdict.meaning() + " (acknowledged: " + version(acknowledged) + "; found: "
                + version(found) + remark() + ")";
    }

    private static String version(int version) {
        return version == 0 ? "none" : "version " + version;
    }

    private String remark() {
        if (found == 0) {
            return "";
        }
        return switch (outcome) {
            case ACKNOWLEDGED -> ", acknowledged before";
            case REFUSED -> ", which was refused";
            case UNKNOWN, UNANSWERED -> ", whose outcome is unknown: it came late";
            case NEVER_SENT -> ", which was never sent";
        };
    }
}
