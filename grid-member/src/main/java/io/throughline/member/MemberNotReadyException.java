package io.throughline.member;

import java.util.OptionalInt;

/** A member's process ended, or wasn't ready in time. The message says why, as far as the member told. */
public final class MemberNotReadyException extends RuntimeException {

    private final OptionalInt exitStatus;

    MemberNotReadyException(String message, OptionalInt exitStatus) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /** The ended process's, an {@link ExitCode} as a rule; empty if it still runs. */
    public OptionalInt exitStatus() {
        return exitStatus;
    }
}
