package io.throughline.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and a message for the user: what happened, and the way out. */
public final class CommandFailed extends RuntimeException {

    private final ExitCode exitCode;

    public CommandFailed(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public CommandFailed(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String text() {
        String message = getMessage();
        return message == null ? exitCode.meaning() : message;
    }
}
