package io.throughline.bench.report;

import io.throughline.cli.ExitCode;

/** What the proof came to. */
public enum Conclusion {
    PROVEN(
            "Proven: no acknowledged write is missing, and every get saw what was acknowledged before it.",
            ExitCode.DONE),
    BROKEN("BROKEN: a promise was not kept; see above.", ExitCode.NO),
    INCONCLUSIVE("NOT PROVEN: not enough could be compared; see above.", ExitCode.FAILED);

    private final String sentence;
    private final ExitCode exitCode;

    Conclusion(String sentence, ExitCode exitCode) {
        this.sentence = sentence;
        this.exitCode = exitCode;
    }

    public String sentence() {
        return sentence;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
