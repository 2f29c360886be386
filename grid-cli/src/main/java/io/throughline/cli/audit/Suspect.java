package io.throughline.cli.audit;

import io.throughline.cli.audit.Aspect.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key that differed once. Whether it really does shows only after the time for which a member may lag behind its row: then
 * a difference is real if it was there at every look, and the row wasn't written meanwhile. No I/O; not thread-safe.
 *
 * @see KeyLook#differences
 */
final class Suspect {

    /** What is known after a look. */
    enum Verdict {
        NOTHING,
        OPEN,
        DIFFERENT
    }

    private record Age(long unchanged, long sinceNanos) {}

    private final String shard;
    private final String key;
    private final long graceNanos;
    private final Map<Aspect, Age> ages = new LinkedHashMap<>();
    private long lookedNanos;

    Suspect(String shard, String key, Duration grace) {
        this.shard = shard;
        this.key = key;
        this.graceNanos = grace.toNanos();
    }

    String shard() {
        return shard;
    }

    String key() {
        return key;
    }

    /** A difference counts from the end of the look that found it to the beginning of this one. */
    Verdict look(KeyLook look) {
        Map<Aspect, Long> now = look.differences();
        ages.keySet().retainAll(now.keySet());
        now.forEach((aspect, unchanged) -> ages.compute(
                aspect,
                (same, age) ->
                        age != null && age.unchanged() == unchanged ? age : new Age(unchanged, look.endedNanos())));
        lookedNanos = look.beganNanos();
        if (ages.isEmpty()) {
            return Verdict.NOTHING;
        }
        return lasting().size() == ages.size() ? Verdict.DIFFERENT : Verdict.OPEN;
    }

    /** Those that have lasted for so long that they are real. */
    Set<Aspect> lasting() {
        return ages.keySet().stream()
                .filter(aspect -> aspect.kind() != Kind.STANDBY_AHEAD && age(aspect) >= graceNanos)
                .collect(Collectors.toSet());
    }

    /** Those that are there, and could not be told yet. */
    Set<Aspect> open() {
        Set<Aspect> open = ages.keySet().stream().collect(Collectors.toSet());
        open.removeAll(lasting());
        return open;
    }

    Duration observed(Aspect aspect) {
        return Duration.ofNanos(Math.max(0, age(aspect)));
    }

    private long age(Aspect aspect) {
        Age age = ages.get(aspect);
        return age == null ? 0 : lookedNanos - age.sinceNanos();
    }
}
