package io.throughline.cli;

/** How a command of {@code ./grid} ended. Scripts depend on the numbers: they are added to, never changed. */
public enum ExitCode {
    DONE(0, "Done."),
    NO(1, "The answer is no: no such key, the grid is not ready, or the question was answered with no."),
    USAGE(2, "The command line is wrong."),
    NOT_RUNNING(3, "There is no grid in this folder, or it does not run."),
    REFUSED(4, "The grid refused: nothing was stored, nothing will be."),
    UNKNOWN(5, "The outcome is unknown: what was written may be stored now or later."),
    FAILED(6, "A part of the grid did not start, or something outside of it failed: a file, a port, a disk."),
    BAD_INPUT(7, "The input is malformed; the message names the line."),
    BUSY(8, "Another ./grid holds this folder."),
    DEFECT(70, "A defect of ./grid itself.");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** What the shell sees. */
    public int status() {
        return status;
    }

    public String meaning() {
        return meaning;
    }
}
