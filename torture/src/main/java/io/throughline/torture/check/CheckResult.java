package io.throughline.torture.check;

import java.util.List;
import java.util.Optional;

/**
 * What a history was found to be.
 *
 * @param keys how many were checked
 * @param violated keys with a finding
 * @param notDecided keys whose search was given up, by name
 * @param findings of each kind and key the first
 * @param stalest empty where no read was behind
 */
public record CheckResult(
        int keys, int violated, List<String> notDecided, List<Finding> findings, Optional<StalestRead> stalest) {

    public CheckResult {
        notDecided = List.copyOf(notDecided);
        findings = List.copyOf(findings);
    }

    /** Not decided is never good. */
    public Verdict verdict() {
        if (violated > 0) {
            return Verdict.VIOLATED;
        }
        return notDecided.isEmpty() ? Verdict.GOOD : Verdict.NOT_DECIDED;
    }
}
