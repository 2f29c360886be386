package io.throughline.member;

/** A member didn't start. The message is one that an operator can act on; nothing was served. */
public final class MemberStartException extends RuntimeException {

    private final ExitCode exitCode;

    MemberStartException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    MemberStartException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
