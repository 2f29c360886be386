package io.throughline.mapstore.attempt;

/**
 * A value on its way to a member, with its attempt. Only clients hold one: where a member reads it, the plain value comes
 * out, and everyone else, in memory, backups and events, sees nothing else.
 */
public record AttemptEnvelope(Attempt attempt, Object value) {

    /** Of the serialized form, on every client and member. */
    public static final int TYPE_ID = 1_953_000_001;
}
