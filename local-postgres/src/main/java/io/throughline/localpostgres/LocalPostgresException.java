package io.throughline.localpostgres;

import org.jspecify.annotations.Nullable;

/** Why local PostgreSQL could not be started or changed. The message says what happened, where, and the way out. */
public final class LocalPostgresException extends RuntimeException {

    /** What a program may want to tell apart. */
    public enum Code {
        INVALID_CONFIG,
        PORT_TAKEN,
        FOLDER_NOT_WRITABLE,
        FOLDER_NOT_REACHABLE,
        FOLDER_NOT_OURS,
        /** Another process has these shards started. */
        FOLDER_IN_USE,
        /** A PostgreSQL server that we did not start, and cannot end, runs on a data folder. */
        ALREADY_RUNNING,
        DISK_FULL,
        OUT_OF_MEMORY,
        VERSION_DIFFERS,
        LAYOUT_DIFFERS,
        STATE_UNREADABLE,
        SECRETS_MISSING,
        LIBRARIES_MISSING,
        PLATFORM_UNSUPPORTED,
        START_FAILED,
        /** What was asked could lose acknowledged writes. */
        NOT_SAFE,
        TIMED_OUT,
        /** A node that was to be asked something. */
        NO_ANSWER,
        CLOSED
    }

    private final Code code;

    public LocalPostgresException(Code code, String message) {
        this(code, message, null);
    }

    public LocalPostgresException(Code code, String message, @Nullable Throwable cause) {
        super("[" + code + "] " + message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
