package io.throughline.mapstore.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.hazelcast.core.HazelcastInstance;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of the envelopes that a member has opened and not stored yet, each under the very object that came out of
 * its envelope. Thread-safe. An object that never gets to a store takes its note along when it is collected.
 */
public final class OpenedAttempts {

    private static final String USER_CONTEXT_KEY = OpenedAttempts.class.getName();

    // Weak keys are compared by identity.
    private final Cache<Object, Attempt> byValue =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** Those of a member: the same for all who ask, as a member has several serializers. */
    public static OpenedAttempts of(HazelcastInstance member) {
        return (OpenedAttempts) member.getUserContext().computeIfAbsent(USER_CONTEXT_KEY, key -> new OpenedAttempts());
    }

    /** False where the value came out of an envelope already. */
    boolean note(Object value, Attempt attempt) {
        return byValue.asMap().putIfAbsent(value, attempt) == null;
    }

    /** The attempt of this very object, once; null where it came without an envelope. */
    public @Nullable Attempt take(Object value) {
        return byValue.asMap().remove(value);
    }
}
