package io.throughline.mapstore.row;

import io.throughline.mapstore.ErrorCode;

/** A key or value that can't be a row. Checked, as each caller owes its user the place where it happened. */
public final class InvalidRowException extends Exception {

    private final ErrorCode code;
    private final String fault;

    InvalidRowException(ErrorCode code, String message) {
        super(message);
        this.code = code;
        this.fault = message;
    }

    public ErrorCode code() {
        return code;
    }

    /** What is wrong with the key or the value, as a clause. */
    public String fault() {
        return fault;
    }
}
