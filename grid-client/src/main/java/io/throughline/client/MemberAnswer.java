package io.throughline.client;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a member's error says about an operation. Members put their code into the message, as their exceptions' classes
 * aren't a client's.
 */
record MemberAnswer(Kind kind, ErrorCode code, String story) {

    /** What there is to do. */
    enum Kind {
        /** Nothing was stored, and the shard would say the same. */
        REFUSED,
        /** This member has stored nothing; one that was asked before it, and moved the partition to it, may have. */
        REFUSED_BY_THIS_MEMBER,
        /** It has been written before. */
        WRITTEN,
        /** Its deadline was no good; the member is well. */
        LATE,
        /** This client's clock was ahead, so nothing was stored, and no copy could be sealed out with such a deadline. */
        AHEAD,
        /** The shard itself has to say. */
        ASK_THE_SHARD
    }

    private static final Pattern CODED = Pattern.compile("\\[(REFUSED|UNKNOWN) ([A-Z_]+)] (.*)", Pattern.DOTALL);

    static MemberAnswer of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            MemberAnswer answer = coded(cause.getMessage());
            if (answer != null) {
                return answer;
            }
            if (cause instanceof HazelcastSerializationException
                    && String.valueOf(cause.getMessage()).contains(String.valueOf(AttemptEnvelope.TYPE_ID))) {
                return new MemberAnswer(
                        Kind.REFUSED,
                        ErrorCode.ENVELOPE_INVALID,
                        "a member can't open the envelope of an attempt (" + cause.getMessage()
                                + "). Nothing was stored. Give every member the mapstore jar of this release.");
            }
        }
        return new MemberAnswer(Kind.ASK_THE_SHARD, ErrorCode.SHARD_UNAVAILABLE, String.valueOf(failure.getMessage()));
    }

    private static @Nullable MemberAnswer coded(@Nullable String message) {
        if (message == null) {
            return null;
        }
        Matcher matcher = CODED.matcher(message);
        if (!matcher.find()) {
            return null;
        }
        ErrorCode code = codeOf(matcher.group(2));
        boolean refused = matcher.group(1).equals("REFUSED");
        return code == null ? null : new MemberAnswer(kind(code, refused), code, matcher.group(3));
    }

    /** A later release may have codes that this one doesn't know. */
    private static @Nullable ErrorCode codeOf(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return null;
    }

    private static Kind kind(ErrorCode code, boolean refused) {
        return switch (code) {
            case KEY_TYPE,
                    KEY_INVALID,
                    VALUE_TYPE,
                    VALUE_TOO_LARGE,
                    VALUE_TEXT_INVALID,
                    VALUE_JSON_INVALID,
                    ENVELOPE_INVALID,
                    CLIENT_CLOSED -> refused ? Kind.REFUSED : Kind.ASK_THE_SHARD;
            case DATABASE_REFUSED, OVERLOADED, SHARD_UNAVAILABLE, NOT_REPLICATED ->
                refused ? Kind.REFUSED_BY_THIS_MEMBER : Kind.ASK_THE_SHARD;
            case ATTEMPT_REPEATED -> Kind.WRITTEN;
            case ATTEMPT_OVERTAKEN -> Kind.LATE;
            case CLOCK_SKEW -> refused ? Kind.AHEAD : Kind.ASK_THE_SHARD;
            case FENCED, PARTITION_MOVED, WRITE_TIMEOUT -> Kind.ASK_THE_SHARD;
        };
    }

    RefusedException refusal(Throwable cause) {
        return new RefusedException(code, story, cause);
    }
}
