package io.throughline.mapstore.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a direct write brings back, also where it wrote nothing.
 *
 * @param taken whether the row has taken this operation, now or when it was sent before
 * @param notBefore the row's; 0 where there is none
 * @param column the row's value now; null where there is none
 * @param attempts the operations that the row remembers, the newest first: each one's id, and when it was taken
 * @param now milliseconds since 1970, on the shard's clock
 * @param guarded whether synchronous replication was in force while it ran
 * @param replicated whether it was in force after the commit
 * @param warned whether the commit's wait for the standbys was cancelled
 */
public record DirectReply(
        boolean taken,
        long notBefore,
        @Nullable Object column,
        List<Long> attempts,
        long now,
        boolean guarded,
        boolean replicated,
        boolean warned) {

    public DirectReply {
        attempts = List.copyOf(attempts);
    }

    /** Whether the row remembers as much as it can, so that something may have been forgotten. */
    public boolean remembersAllItCan() {
        return attempts.size() == RowGuard.REMEMBERED;
    }

    public boolean onQuorum() {
        return replicated && !warned;
    }
}
