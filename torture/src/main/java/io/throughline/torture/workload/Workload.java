package io.throughline.torture.workload;

import io.throughline.torture.history.ClientKind;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A kind of keys, what is done with them, and who does it. Who decides on a condition differs: plain clients and members by
 * what memory holds, the resilient maps in the shard. Each is sound among its own, and mixing them is not promised to be
 * (README, limits), so keys with conditions belong to one circle or the other.
 */
public enum Workload {
    CACHE_REGISTER("reg", Circle.CACHE, Turn.REGISTER),
    CACHE_LIST("list", Circle.CACHE, Turn.LIST),
    CACHE_COUNTER("count", Circle.CACHE, Turn.COUNTER),
    CLAIM("claim", Circle.CACHE, Turn.CLAIM),
    SHARD_REGISTER("reg-direct", Circle.SHARD, Turn.REGISTER),
    SHARD_LIST("list-direct", Circle.SHARD, Turn.LIST),
    SHARED_REGISTER("mixed", Circle.ALL, Turn.UNCONDITIONAL),
    ONCE("once", Circle.ALL, Turn.ONCE);

    /** Keys of a kind at a time. */
    public static final int SLOTS = 8;

    private static final long GENERATION_NANOS = 20_000_000_000L;

    private static final long CLAIMS_NANOS = 50_000_000L;

    /** A member that is silent is replaced by then, and what it had on its way may still come. */
    private static final int CLAIMED_AGAIN_SECONDS = 10;

    private static final int LAST_CLAIMED_SECONDS = 15;

    private enum Circle {
        CACHE,
        SHARD,
        ALL;

        boolean takes(ClientKind kind) {
            return switch (kind) {
                case PLAIN, EMBEDDED -> this != SHARD;
                case RESILIENT, PYTHON -> this != CACHE;
            };
        }
    }

    private final String prefix;
    private final Circle circle;
    private final Turn turn;

    Workload(String prefix, Circle circle, Turn turn) {
        this.prefix = prefix;
        this.circle = circle;
        this.turn = turn;
    }

    /**
     * @param text what the keys' names begin with
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Workload named(String text) {
        return Stream.of(values())
                .filter(workload -> workload.prefix.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no keys named '" + text + "', but "
                        + Stream.of(values()).map(workload -> workload.prefix).toList()));
    }

    /** In which this kind of client takes part. */
    public static List<Workload> of(ClientKind kind) {
        return Stream.of(values())
                .filter(workload -> workload.circle.takes(kind))
                .toList();
    }

    /**
     * @param slot below {@link #SLOTS}
     * @param now ns since the run began
     */
    public String key(int slot, long now, Random random, Supplier<String> fresh) {
        if (this == ONCE) {
            return prefix + "-" + fresh.get();
        }
        return this == CLAIM ? claimed(slot, now, random) : lasting(slot, now);
    }

    /**
     * Keys are followed by new ones every 20 s: a history that is too long can't be checked any more, and one whose outcome
     * stayed unknown weighs on all that follows.
     */
    public String lasting(int slot, long now) {
        return prefix + "-" + now / GENERATION_NANOS + "-" + slot;
    }

    /** Keys that are claimed when they are new and once more when a member may have been replaced meanwhile, and left alone then. */
    private String claimed(int slot, long now, Random random) {
        long age = random.nextBoolean()
                ? 0
                : TimeUnit.SECONDS.toNanos(CLAIMED_AGAIN_SECONDS)
                        + (long) (random.nextDouble()
                                * TimeUnit.SECONDS.toNanos(LAST_CLAIMED_SECONDS - CLAIMED_AGAIN_SECONDS));
        return prefix + "-" + Math.max(0, now - age) / CLAIMS_NANOS + "-" + slot;
    }

    public void turn(Hands hands, String key, Random random, Supplier<String> fresh) {
        turn.take(hands, key, random, fresh);
    }
}
