package io.throughline.cli.audit;

import io.throughline.cli.audit.Aspect.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One look at a key, everywhere. The primary's row is read before and after all else, so that a write in the middle of the
 * look isn't taken for a difference.
 *
 * @param owned whether the shard owns the key's partition, so that the members' entry goes by this row
 * @param partition of the key, as Hazelcast computes it
 * @param standbys by their names; each had replayed what the primary showed before
 * @param beganNanos on the clock of {@link System#nanoTime()}
 */
record KeyLook(
        boolean owned,
        int partition,
        HeldValue memory,
        AuditedRow before,
        AuditedRow after,
        Map<String, AuditedRow> standbys,
        long beganNanos,
        long endedNanos) {

    /**
     * In what the key differs now, each with what must stay as it is for the difference to grow old: a member may lag behind
     * a row that has just been written, but not behind one that hasn't been for a whole time to live.
     */
    Map<Aspect, Long> differences() {
        Map<Aspect, Long> found = new LinkedHashMap<>();
        if (after.present() && !owned) {
            found.put(Aspect.of(Kind.SHARD), 0L);
        }
        if (after.present() && after.partition() != partition) {
            found.put(Aspect.of(Kind.PARTITION), (long) after.partition());
        }
        if (owned && memory.present() && !memory.sameAs(before.value()) && !memory.sameAs(after.value())) {
            found.put(Aspect.of(Kind.MEMORY), after.signature());
        }
        standbys.forEach((node, row) -> {
            if (!row.sameAs(before) && !row.sameAs(after)) {
                // A commit shows on a standby before the primary has heard of it and shows it too.
                boolean ahead = row.writtenAt() > after.writtenAt();
                found.put(new Aspect(ahead ? Kind.STANDBY_AHEAD : Kind.STANDBY, node), after.signature());
            }
        });
        return found;
    }
}
