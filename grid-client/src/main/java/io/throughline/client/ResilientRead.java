package io.throughline.client;

import com.hazelcast.map.IMap;
import io.throughline.client.MemberBreakers.Permit;
import io.throughline.client.MemberBreakers.Work;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.direct.DirectRead;
import io.throughline.mapstore.direct.Sending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One get: from the cache, or from the primary where the cache is slow or may be behind. What was once read directly is read
 * directly for one time to live. Thread-safe.
 */
final class ResilientRead<V> {

    private final IMap<String, Object> map;
    private final DirectRead read;
    private final Fallbacks fallbacks;
    private final CompletableFuture<Reading<V>> result = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Sending sending;

    ResilientRead(IMap<String, Object> map, DirectRead read, Fallbacks fallbacks) {
        this.map = map;
        this.read = read;
        this.fallbacks = fallbacks;
        this.sending = new Sending(fallbacks.config().directTimeout());
    }

    CompletableFuture<Reading<V>> start() {
        if (fallbacks.overlay().has(map.getName(), read.key())) {
            fromTheShard(null, true);
            return result;
        }
        Permit permit = fallbacks.breakers().ask(read.key(), read.shard(), Work.READ);
        if (permit == null) {
            fromTheShard(null, false);
        } else {
            fromTheCache(permit);
        }
        return result;
    }

    private void fromTheCache(Permit permit) {
        CompletableFuture<Object> answer = send();
        Future<?> timeout = fallbacks.after(fallbacks.config().cacheTimeout(), () -> timedOut(permit));
        Stages.whenDone(answer, (value, failure) -> {
            timeout.cancel(false);
            if (failure == null) {
                found(permit, value);
            } else {
                failed(permit, failure);
            }
        });
    }

    private CompletableFuture<Object> send() {
        try {
            return map.getAsync(read.key()).toCompletableFuture();
        } catch (RuntimeException notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
    }

    private void found(Permit permit, @Nullable Object value) {
        if (decided.compareAndSet(false, true)) {
            permit.answered();
            complete(value, ServedBy.CACHE);
        }
    }

    private void failed(Permit permit, Throwable failure) {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        MemberAnswer answer = MemberAnswer.of(failure);
        switch (answer.kind()) {
            case REFUSED, REFUSED_BY_THIS_MEMBER -> {
                permit.answered();
                result.completeExceptionally(answer.refusal(failure));
            }
            case WRITTEN, LATE, AHEAD, ASK_THE_SHARD -> fromTheShard(permit, false);
        }
    }

    private void timedOut(Permit permit) {
        if (decided.compareAndSet(false, true)) {
            fromTheShard(permit, false);
        }
    }

    /**
     * @param permit null where the cache was not asked
     * @param again whether the overlay has the key: it must leave it one day, however often it is read
     */
    private void fromTheShard(@Nullable Permit permit, boolean again) {
        DirectLane lane = fallbacks.lane(read.shard());
        if (!lane.offer(() -> atTheShard(permit, again))) {
            Permit.giveBack(permit, false);
            result.completeExceptionally(
                    read.refused(ErrorCode.OVERLOADED, lane.overloaded(), "Slow down and try again.", null));
        }
    }

    private void atTheShard(@Nullable Permit permit, boolean again) {
        long begun = System.nanoTime();
        try {
            Object value = read.run(sending);
            Permit.giveBack(permit, fallbacks.quick(begun));
            if (!again) {
                fallbacks.overlay().add(map.getName(), read.key());
            }
            complete(value, ServedBy.SHARD);
        } catch (RuntimeException | Error failure) {
            Permit.giveBack(permit, false);
            result.completeExceptionally(failure);
        }
    }

    // What the map's value-format makes of a value is what the caller has named as V.
    @SuppressWarnings("unchecked")
    private void complete(@Nullable Object value, ServedBy servedBy) {
        result.complete(new Reading<>((V) value, servedBy));
    }
}
