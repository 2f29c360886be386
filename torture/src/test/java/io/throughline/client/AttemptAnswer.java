package io.throughline.client;

import io.throughline.client.MemberAnswer.Kind;

/** What a resilient client does with a member's error, for the model of the protocol. */
public enum AttemptAnswer {
    WRITTEN,
    FALL_BACK,
    REFUSED;

    public static AttemptAnswer to(Throwable failure) {
        Kind kind = MemberAnswer.of(failure).kind();
        return switch (kind) {
            case WRITTEN -> WRITTEN;
            case LATE, ASK_THE_SHARD, REFUSED_BY_THIS_MEMBER -> FALL_BACK;
            case REFUSED -> REFUSED;
            case AHEAD -> throw new IllegalStateException("the model's clients are not ahead of the shard's clock");
        };
    }
}
