package io.throughline.client;

import io.throughline.client.MemberBreakers.Permit;
import io.throughline.client.MemberBreakers.Work;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.direct.DirectOperation;
import io.throughline.mapstore.direct.DirectOutcome;
import io.throughline.mapstore.direct.Sending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * An operation that the shard does in any case: one with a condition, as what the cache holds may be behind, or a remove,
 * whose tombstone the cache can't write. Then the cache is told; while it answers in time, every client sees the outcome as
 * soon as this one does. Thread-safe.
 */
final class ResilientDecision {

    private final String map;
    private final DirectOperation operation;
    private final Fallbacks fallbacks;
    private final CompletableFuture<DirectOutcome> result = new CompletableFuture<>();

    ResilientDecision(String map, DirectOperation operation, Fallbacks fallbacks) {
        this.map = map;
        this.operation = operation;
        this.fallbacks = fallbacks;
    }

    CompletableFuture<DirectOutcome> start() {
        Sending sending = new Sending(fallbacks.config().directTimeout());
        DirectLane lane = fallbacks.lane(operation.shard());
        if (!lane.offer(() -> atTheShard(sending))) {
            result.completeExceptionally(
                    operation.refused(ErrorCode.OVERLOADED, lane.overloaded(), "Slow down and try again.", null));
        }
        return result;
    }

    private void atTheShard(Sending sending) {
        long begun = System.nanoTime();
        try {
            DirectOutcome outcome = operation.run(null, sending);
            if (outcome.applied()) {
                tellTheCache(outcome, fallbacks.quick(begun));
            } else {
                fallbacks.overlay().add(map, operation.key());
                result.complete(outcome);
            }
        } catch (RuntimeException | Error failure) {
            var unused = fallbacks.invalidations().of(map, operation.key());
            result.completeExceptionally(failure);
        }
    }

    private void tellTheCache(DirectOutcome outcome, boolean shardWasQuick) {
        CompletableFuture<Void> told = fallbacks.invalidations().of(map, operation.key());
        Permit permit = fallbacks.breakers().ask(operation.key(), operation.shard(), Work.WRITE);
        if (permit == null) {
            result.complete(outcome);
            return;
        }
        Future<?> timeout = fallbacks.after(fallbacks.config().cacheTimeout(), () -> {
            if (result.complete(outcome)) {
                Permit.giveBack(permit, shardWasQuick);
            }
        });
        Stages.whenDone(told, (done, failure) -> {
            timeout.cancel(false);
            if (result.complete(outcome)) {
                permit.answered();
            }
        });
    }
}
