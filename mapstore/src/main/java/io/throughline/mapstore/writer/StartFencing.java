package io.throughline.mapstore.writer;

import io.throughline.mapstore.writer.WriterSql.Stranger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a newcomer makes of the unfenced writers that are not in its list: writers of an earlier life of this grid, which
 * it fences before its first statement, or the living writers of another grid, before which it gives way. A pure state
 * machine; for one thread.
 */
final class StartFencing {

    /** A writer that was not seen for so long is dead, or stalled and replaced. */
    static final Duration LONG_UNSEEN = Duration.ofSeconds(30);

    /** Living writers refresh every {@link WriterKeeper#INTERVAL}: one that doesn't in this time is none. */
    static final Duration WATCH = Duration.ofSeconds(5);

    /**
     * @param fence dead, or without a majority and so without a right to write
     * @param watched seen lately, and not yet seen again
     * @param living seen again while it was watched, and still in no list of ours
     */
    record Verdict(Set<UUID> fence, Set<UUID> watched, Set<UUID> living) {}

    private record Sight(Instant seen, long nanos) {}

    private final Map<UUID, Sight> firstSight = new HashMap<>();

    /**
     * @param strangers unfenced writers outside this member's list
     * @param addresses where the members of this list listen: whoever listened there before is dead
     */
    Verdict judge(Collection<Stranger> strangers, Set<String> addresses, long nowNanos) {
        Verdict verdict = new Verdict(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (Stranger stranger : strangers) {
            UUID member = stranger.member();
            if (stranger.age().compareTo(LONG_UNSEEN) > 0 || addresses.contains(stranger.address())) {
                verdict.fence().add(member);
                continue;
            }
            Sight first = firstSight.computeIfAbsent(member, unseen -> new Sight(stranger.seen(), nowNanos));
            if (nowNanos - first.nanos() < WATCH.toNanos()) {
                verdict.watched().add(member);
            } else if (stranger.seen().equals(first.seen())) {
                verdict.fence().add(member);
            } else {
                verdict.living().add(member);
            }
        }
        return verdict;
    }
}
