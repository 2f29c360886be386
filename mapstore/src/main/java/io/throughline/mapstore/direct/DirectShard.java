package io.throughline.mapstore.direct;

import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.OnDegraded;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.shard.Backoff;
import io.throughline.mapstore.shard.FailureKind;
import io.throughline.mapstore.shard.ShardConnection;
import io.throughline.mapstore.shard.ShardConnections;
import io.throughline.mapstore.shard.ShardPool;
import io.throughline.mapstore.statement.DirectReply;
import io.throughline.mapstore.statement.DirectStatement;
import io.throughline.mapstore.statement.DirectWrite;
import io.throughline.mapstore.statement.MapTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One shard as a client sees it. Operations block, for their {@link Sending}'s timeout and then one {@code socket-timeout} at
 * most; they are sent again while a primary is replaced. Thread-safe.
 */
final class DirectShard implements AutoCloseable {

    private final GridConfig config;
    private final ShardClock clock = new ShardClock();
    private final ShardPool pool;
    private final DirectStatement statement;
    private final boolean mustBeGuarded;

    DirectShard(GridConfig config, ShardConfig shard, MeterRegistry meters) {
        this.config = config;
        this.mustBeGuarded = config.write().onDegraded() == OnDegraded.REFUSE;
        this.statement = new DirectStatement(config.attempts().maxClockSkew(), mustBeGuarded);
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "throughline client");
        this.pool = new ShardPool(
                shard.name(),
                new VerifiedPrimary(connections.primaryOf(shard), shard.name(), clock),
                1,
                config.fallback().connections(),
                config.connections().connectTimeout(),
                meters);
    }

    String name() {
        return pool.shard();
    }

    /** Milliseconds since 1970 on the shard's clock, as far as this client knows it. */
    long now() {
        return clock.now();
    }

    /**
     * Writes, or finds that the row has taken this operation already.
     *
     * @param attempt what was sent through the cache before, and may still arrive; null where nothing was
     * @param sending called off by whoever needs it no more
     * @throws io.throughline.mapstore.RefusedException if nothing was written, and nothing will be
     * @throws io.throughline.mapstore.UnknownOutcomeException if it may be written, now or later
     */
    DirectOutcome write(DirectWrite write, @Nullable SentAttempt attempt, Sending sending) {
        Copies copies = new Copies(attempt);
        DirectFailures failures = new DirectFailures(write.operation(), sending.timeout());
        Backoff backoff = new Backoff();
        while (!sending.late()) {
            try (ShardConnection connection = pool.connect()) {
                if (!sending.begin()) {
                    return DirectOutcome.CALLED_OFF;
                }
                DirectOutcome outcome = sent(connection, write, copies, failures, backoff);
                if (outcome != null) {
                    return outcome;
                }
            } catch (SQLException notConnected) {
                failures.note(notConnected);
                backoff.pause();
            }
        }
        throw failures.timedOut(copies.mayArrive());
    }

    /** Null where it has to be sent again. */
    private @Nullable DirectOutcome sent(
            ShardConnection connection, DirectWrite write, Copies copies, DirectFailures failures, Backoff backoff) {
        boolean seal = copies.mayArrive();
        long asked = System.nanoTime();
        long deadline = copies.next(clock.now());
        long forgottenFrom = Verdict.forgottenFrom(copies.firstSent());
        try {
            DirectReply reply = statement.write(connection.jdbc(), write, deadline, seal, forgottenFrom);
            clock.correct(reply.now(), asked, System.nanoTime());
            return settled(write, reply, deadline, copies, failures);
        } catch (SQLException failure) {
            failures.note(failure);
            switch (FailureKind.of(failure)) {
                case ROW -> {
                    connection.rollBack();
                    throw failures.refusedByDatabase(failure, seal);
                }
                case NOT_STORED -> connection.rollBack();
                case MAYBE_STORED -> {
                    copies.lost();
                    connection.discard();
                }
            }
            backoff.pause();
            return null;
        }
    }

    private @Nullable DirectOutcome settled(
            DirectWrite write, DirectReply reply, long deadline, Copies copies, DirectFailures failures) {
        Verdict verdict = Verdict.of(
                write, reply, deadline, copies.firstSent(), config.attempts().maxClockSkew(), mustBeGuarded);
        return switch (verdict) {
            case WRITTEN -> {
                if (mustBeGuarded && !reply.onQuorum()) {
                    throw failures.onOneMachine();
                }
                yield DirectOutcome.APPLIED;
            }
            case CONDITION_FAILED -> new DirectOutcome(false, reply.column());
            case OVERTAKEN -> {
                copies.after(reply.notBefore());
                yield null;
            }
            case CHANGED -> null;
            case AHEAD -> {
                if (copies.mayArrive() || copies.follow()) {
                    throw failures.ahead(deadline - reply.now(), copies.mayArrive());
                }
                copies.beginAnew();
                yield null;
            }
            case FORGOTTEN -> throw failures.forgotten();
            case NOT_REPLICATED -> throw failures.notReplicated(copies.mayArrive());
        };
    }

    /**
     * Reads from the primary.
     *
     * @return the {@code value} column of each key that has one: a {@code byte[]} for bytea, else a {@code String}
     * @throws io.throughline.mapstore.RefusedException if the shard could not be read in time
     */
    Map<String, Object> read(RowOperation operation, MapTable table, List<String> keys, Sending sending) {
        DirectFailures failures = new DirectFailures(operation, sending.timeout());
        Backoff backoff = new Backoff();
        while (!sending.late()) {
            try (ShardConnection connection = pool.connect()) {
                Map<String, Object> columns = read(connection, table, keys, failures);
                if (columns != null) {
                    return columns;
                }
            } catch (SQLException notConnected) {
                failures.note(notConnected);
            }
            backoff.pause();
        }
        throw failures.timedOut(false);
    }

    /** Null where it has to be tried again. */
    private static @Nullable Map<String, Object> read(
            ShardConnection connection, MapTable table, List<String> keys, DirectFailures failures) {
        try {
            return DirectStatement.read(connection.jdbc(), table, keys);
        } catch (SQLException failure) {
            failures.note(failure);
            switch (FailureKind.of(failure)) {
                case ROW -> {
                    connection.rollBack();
                    throw failures.refusedByDatabase(failure, false);
                }
                case NOT_STORED -> connection.rollBack();
                case MAYBE_STORED -> connection.discard();
            }
            return null;
        }
    }

    /** Closes the connections. */
    @Override
    public void close() {
        pool.close();
    }
}
