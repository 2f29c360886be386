package io.throughline.mapstore.row;

import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/** What is done to which row, as every error about it says. */
public record RowOperation(Verb verb, String map, String key, int partition, String shard) {

    /** What is done. */
    public enum Verb {
        PUT,
        REMOVE,
        LOAD;

        /** A load may be the first half of a put, whose caller asks whether anything was stored. */
        String past() {
            return this == LOAD ? "read or stored" : "stored";
        }
    }

    /**
     * @param what what happened, a sentence without its full stop
     * @param wayOut what to do, a sentence
     */
    public RefusedException refused(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return new RefusedException(code, this + ": " + what + ". Nothing was " + verb.past() + ". " + wayOut, cause);
    }

    /** As {@link #refused}, for a write whose outcome isn't known. */
    public UnknownOutcomeException unknown(ErrorCode code, String what, String wayOut, @Nullable Throwable cause) {
        return new UnknownOutcomeException(
                code, this + ": " + what + ". It may be stored, now or later. " + wayOut, cause);
    }

    @Override
    public String toString() {
        return verb.name().toLowerCase(java.util.Locale.ROOT) + " of key " + RowKey.shown(key) + " in map '" + map
                + "' (partition " + partition + ", " + shard + ")";
    }
}
