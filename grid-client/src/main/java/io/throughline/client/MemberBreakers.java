package io.throughline.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Which members are known to be slow, for each shard and for reads and writes apart: a write waits for every copy, so one
 * stalled member slows the writes of all owners and the reads of its own partitions only. Thread-safe.
 */
final class MemberBreakers {

    /** What a member is asked for. */
    enum Work {
        READ,
        WRITE
    }

    private record Place(UUID member, String shard, Work work) {}

    /** Before a client has heard of a partition's owner, or while it has none. */
    private static final UUID NOBODY = new UUID(0, 0);

    private static final int CALLS = 6;
    private static final int FEWEST_CALLS = 3;
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final HazelcastInstance hazelcast;

    // Members come with a new id each time they start, so those that are asked no more have to go.
    private final Cache<Place, CircuitBreaker> breakers = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    private final CircuitBreakerConfig config = CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(CALLS)
            .minimumNumberOfCalls(FEWEST_CALLS)
            .failureRateThreshold(50)
            .waitDurationInOpenState(BETWEEN_PROBES)
            .permittedNumberOfCallsInHalfOpenState(1)
            .maxWaitDurationInHalfOpenState(Duration.ofSeconds(5))
            .build();

    MemberBreakers(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Null where the member that owns this key is known to be slow. */
    @Nullable
    Permit ask(String key, String shard, Work work) {
        UUID owner = ownerOf(key);
        CircuitBreaker breaker =
                breakers.get(new Place(owner, shard, work), place -> CircuitBreaker.of(place.toString(), config));
        return breaker.tryAcquirePermission() ? new Permit(breaker, owner) : null;
    }

    /** Whether the member that was asked still owns the key: else another may have been asked after it. */
    boolean stillOwns(Permit permit, String key) {
        return permit.member.equals(ownerOf(key));
    }

    private UUID ownerOf(String key) {
        try {
            Partition partition = hazelcast.getPartitionService().getPartition(key);
            Member owner = partition.getOwner();
            return owner == null ? NOBODY : owner.getUuid();
        } catch (RuntimeException noMembers) {
            return NOBODY;
        }
    }

    /** How many are open, or being probed. */
    long open() {
        return breakers.asMap().values().stream()
                .filter(breaker -> breaker.getState() != CircuitBreaker.State.CLOSED)
                .count();
    }

    /** Leave to ask a member; each is given back once. */
    static final class Permit {

        private final CircuitBreaker breaker;
        private final CircuitBreaker.State state;
        private final UUID member;
        private final long begun = System.nanoTime();

        private Permit(CircuitBreaker breaker, UUID member) {
            this.breaker = breaker;
            this.state = breaker.getState();
            this.member = member;
        }

        void answered() {
            if (counts()) {
                breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        }

        /**
         * The member did not answer in time.
         *
         * @param permit null where no member was asked
         * @param shardWasQuick whether that says anything of the member: where the shard is slow, every member is
         */
        static void giveBack(@Nullable Permit permit, boolean shardWasQuick) {
            if (permit == null || !permit.counts()) {
                return;
            }
            if (shardWasQuick) {
                permit.breaker.onError(
                        System.nanoTime() - permit.begun,
                        TimeUnit.NANOSECONDS,
                        new TimeoutException("no answer in time"));
            } else {
                permit.breaker.releasePermission();
            }
        }

        /** What was asked before the breaker opened must not be taken for the answer to a probe. */
        private boolean counts() {
            return breaker.getState() == state;
        }
    }
}
