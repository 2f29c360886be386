package io.throughline.client;

import com.hazelcast.map.IMap;
import io.throughline.client.MemberAnswer.Kind;
import io.throughline.client.MemberBreakers.Permit;
import io.throughline.client.MemberBreakers.Work;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.ThroughlineException;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.direct.DirectOperation;
import io.throughline.mapstore.direct.DirectOutcome;
import io.throughline.mapstore.direct.Sending;
import io.throughline.mapstore.direct.SentAttempt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One put: an attempt through the cache, and a fallback to the shard if that is slow. Both are the same operation, by its
 * id, so the row takes it once, whichever comes first.
 *
 * <p>The cache decides until the fallback begins, and again if it answers before anything of the fallback was sent; from
 * there on the shard decides. Thread-safe.
 */
final class ResilientPut {

    private final IMap<String, Object> map;
    private final DirectOperation operation;
    private final Object value;
    private final Fallbacks fallbacks;
    private final CompletableFuture<ServedBy> result = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Sending sending;
    private volatile boolean attemptRefused;

    ResilientPut(IMap<String, Object> map, DirectOperation operation, Object value, Fallbacks fallbacks) {
        this.map = map;
        this.operation = operation;
        this.value = value;
        this.fallbacks = fallbacks;
        this.sending = new Sending(fallbacks.config().directTimeout());
    }

    CompletableFuture<ServedBy> start() {
        Permit permit = fallbacks.breakers().ask(operation.key(), operation.shard(), Work.WRITE);
        if (permit == null) {
            fallBack(null, null);
        } else {
            attempt(permit);
        }
        return result;
    }

    private void attempt(Permit permit) {
        SentAttempt attempt = operation.attempt(fallbacks.config().cacheTimeout());
        CompletableFuture<Void> answer = send(attempt.attempt());
        Future<?> timeout = fallbacks.after(fallbacks.config().cacheTimeout(), () -> timedOut(permit, attempt));
        Stages.whenDone(answer, (done, failure) -> {
            timeout.cancel(false);
            if (failure == null) {
                written(permit);
            } else {
                failed(permit, attempt, failure);
            }
        });
    }

    private CompletableFuture<Void> send(Attempt attempt) {
        try {
            return map.setAsync(operation.key(), new AttemptEnvelope(attempt, value))
                    .toCompletableFuture();
        } catch (RuntimeException notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
    }

    private void written(Permit permit) {
        if (decided.compareAndSet(false, true)) {
            permit.answered();
            result.complete(ServedBy.CACHE);
        } else if (sending.callOff()) {
            result.complete(ServedBy.CACHE);
        }
    }

    private void failed(Permit permit, SentAttempt attempt, Throwable failure) {
        MemberAnswer answer = MemberAnswer.of(failure);
        boolean refused = answer.kind() == Kind.REFUSED
                || (answer.kind() == Kind.REFUSED_BY_THIS_MEMBER
                        && fallbacks.breakers().stillOwns(permit, operation.key()));
        if (!decided.compareAndSet(false, true)) {
            attemptRefused = refused;
        } else if (refused) {
            permit.answered();
            result.completeExceptionally(answer.refusal(failure));
        } else {
            goOn(permit, attempt, answer.kind());
        }
    }

    private void goOn(Permit permit, SentAttempt attempt, Kind answer) {
        switch (answer) {
            case WRITTEN -> {
                permit.answered();
                invalidate();
                result.complete(ServedBy.SHARD);
            }
            case LATE -> {
                permit.answered();
                fallBack(null, attempt);
            }
            case AHEAD -> {
                permit.answered();
                fallBack(null, null);
            }
            case REFUSED, REFUSED_BY_THIS_MEMBER, ASK_THE_SHARD -> fallBack(permit, attempt);
        }
    }

    private void timedOut(Permit permit, SentAttempt attempt) {
        if (decided.compareAndSet(false, true)) {
            fallBack(permit, attempt);
        }
    }

    /**
     * @param permit null where the cache was not asked
     * @param attempt what the cache was asked; may arrive at the row at any time
     */
    private void fallBack(@Nullable Permit permit, @Nullable SentAttempt attempt) {
        DirectLane lane = fallbacks.lane(operation.shard());
        if (!lane.offer(() -> atTheShard(permit, attempt))) {
            Permit.giveBack(permit, false);
            result.completeExceptionally(overloaded(lane, attempt));
        }
    }

    private ThroughlineException overloaded(DirectLane lane, @Nullable SentAttempt attempt) {
        String wayOut = "Slow down and try again.";
        return attempt == null
                ? operation.refused(ErrorCode.OVERLOADED, lane.overloaded(), wayOut, null)
                : operation.unknown(
                        ErrorCode.OVERLOADED, "the cache gave no answer, and " + lane.overloaded(), wayOut, null);
    }

    private void atTheShard(@Nullable Permit permit, @Nullable SentAttempt attempt) {
        long begun = System.nanoTime();
        try {
            DirectOutcome outcome = operation.run(attempt, sending);
            Permit.giveBack(permit, outcome.applied() && fallbacks.quick(begun));
            if (outcome.applied()) {
                invalidate();
                result.complete(ServedBy.SHARD);
            }
        } catch (RuntimeException | Error failure) {
            Permit.giveBack(permit, false);
            result.completeExceptionally(verdict(failure));
        }
    }

    /** Where the shard was never reached and the member has refused as well, nothing is in doubt. */
    private Throwable verdict(Throwable failure) {
        if (attemptRefused && sending.callOff()) {
            return operation.refused(
                    ErrorCode.SHARD_UNAVAILABLE,
                    "neither a member nor this client reached the shard",
                    "Try again when the shard has a primary and a quorum.",
                    failure);
        }
        invalidate();
        return failure;
    }

    private void invalidate() {
        var unused = fallbacks.invalidations().of(map.getName(), operation.key());
    }
}
