package io.throughline.mapstore.direct;

import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.statement.DirectWrite;
import io.throughline.mapstore.statement.DirectWrite.Kind;
import io.throughline.mapstore.statement.MapTable;
import java.time.Duration;

/**
 * {@link Copies} as a value, and what {@link Verdict} says, for the model of the protocol: both are the client's own code.
 *
 * @param latest the deadline of the copy that was sent last
 * @param firstSent when the first one was sent
 * @param any whether any was sent
 * @param mayArrive as {@link Copies#mayArrive}
 */
public record SentCopies(long latest, long firstSent, boolean any, boolean mayArrive) {

    /** What a reply to the last copy means. */
    public enum Said {
        WRITTEN,
        TRY_AGAIN,
        OVERTAKEN,
        FORGOTTEN
    }

    public static final SentCopies NONE = new SentCopies(0, 0, false, false);

    private static final DirectWrite ANY_PUT = new DirectWrite(
            Kind.PUT,
            new RowOperation(Verb.PUT, "kv", "k", 0, "shard-1"),
            MapTable.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 100)),
            null,
            null,
            2);

    /** After an attempt through the cache. */
    public static SentCopies attempt(long deadline, long now) {
        return new SentCopies(deadline, now, true, true);
    }

    private Copies copies() {
        if (mayArrive) {
            return new Copies(new SentAttempt(new Attempt(latest, 2), firstSent));
        }
        Copies copies = new Copies(null);
        if (any) {
            copies.next(firstSent);
            copies.after(latest);
        }
        return copies;
    }

    private static SentCopies of(Copies copies, long latest) {
        boolean mayArrive = copies.mayArrive();
        copies.lost();
        return new SentCopies(latest, copies.firstSent(), true, mayArrive);
    }

    /** After one more was sent; {@link #latest} is its deadline. */
    public SentCopies next(long now) {
        Copies copies = copies();
        long deadline = copies.next(now);
        return of(copies, deadline);
    }

    public SentCopies lost() {
        return new SentCopies(latest, firstSent, any, true);
    }

    public SentCopies after(long notBefore) {
        return new SentCopies(Math.max(latest, notBefore), firstSent, any, mayArrive);
    }

    public long forgottenFrom() {
        return Verdict.forgottenFrom(copies().firstSent());
    }

    public Said verdict(DirectReply reply, Duration maxClockSkew) {
        Verdict verdict = Verdict.of(ANY_PUT, reply, latest, copies().firstSent(), maxClockSkew, true);
        return switch (verdict) {
            case WRITTEN -> Said.WRITTEN;
            case OVERTAKEN -> Said.OVERTAKEN;
            case CHANGED -> Said.TRY_AGAIN;
            case FORGOTTEN -> Said.FORGOTTEN;
            case CONDITION_FAILED, AHEAD, NOT_REPLICATED ->
                throw new IllegalStateException("the model has no " + verdict);
        };
    }
}
