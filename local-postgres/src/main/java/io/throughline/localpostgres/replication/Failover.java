package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.folder.WalPosition;
import io.throughline.localpostgres.postmaster.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a standby primary. The order is what makes it safe, whenever it is interrupted:
 *
 * <ol>
 *   <li>The old primary is ended, children too: from here on nothing is acknowledged. Interrupted here, the next start
 *       brings the old primary back, and rightly.
 *   <li>The standbys say how far they have received, when nothing more can come in.
 *   <li>The state says who is primary now. From this write on the old one is stale. Interrupted here, the next start
 *       ends the promotion: the one that was chosen still is the right one, as nothing was written since.
 *   <li>The new one is promoted. Its synchronous_standby_names has been in force since it started as a standby, so its
 *       first commit already waits for a quorum.
 *   <li>The other standby is pointed to it.
 * </ol>
 *
 * Where no one may be promoted the old primary is started again: its data has all that was acknowledged.
 */
final class Failover {

    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration SETTLE_AFTER_RESTART = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PROMOTION = Duration.ofSeconds(70);

    private final Site site;
    private final LiveShard shard;

    Failover(Site site, LiveShard shard) {
        this.site = site;
        this.shard = shard;
    }

    void run() {
        LiveNode old = shard.primary();
        old.postmaster().end();
        site.tell(old.id(), "is dead for certain; its standbys are compared");
        Map<String, Optional<WalPosition>> positions = new ConcurrentHashMap<>();
        Together.each(shard.withRole(Role.STANDBY), standby -> positions.put(standby.name(), position(standby)));
        Election.Outcome elected =
                Election.hold(positions, site.state().shard(shard.name()).floor());
        if (elected.refused()) {
            restore(old, elected.refusal());
        }
        site.state().change(shard.name(), record -> record.promoted(elected.node(), elected.position()));
        site.tell(shard.node(elected.node()).id(), "is to be primary, at " + elected.position());
        complete();
    }

    /** The rest of it, also for a start that finds a promotion decided and not done. */
    void complete() {
        LiveNode primary = shard.primary();
        try (Connection connection = primary.connect(Site.MAINTENANCE, PROMOTION)) {
            requireQuorumSetting(primary, connection);
            if (Statements.inRecovery(connection) && !Statements.promote(connection)) {
                throw new LocalPostgresException(
                        Code.TIMED_OUT,
                        primary.id() + " could not be promoted. See "
                                + primary.folder().log());
            }
            primary.reconfigure();
            for (LiveNode standby : shard.withRole(Role.STANDBY)) {
                Statements.makeSlot(connection, standby.slot());
                if (standby.runs()) {
                    standby.reconfigure();
                }
            }
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.START_FAILED, primary.id() + " could not be promoted: " + failure.getMessage(), failure);
        }
        site.tell(primary.id(), "is primary");
    }

    /** Without it the first commits would be acknowledged by no one but the new primary. */
    private static void requireQuorumSetting(LiveNode primary, Connection connection) throws SQLException {
        if (Statements.synchronousStandbyNames(connection).isBlank()) {
            throw new LocalPostgresException(
                    Code.NOT_SAFE,
                    primary.id() + " has an empty synchronous_standby_names, so it is not promoted. Remove that setting"
                            + " from its postgresql.auto.conf.");
        }
    }

    private void restore(LiveNode old, String refusal) {
        LocalPostgresException refused = new LocalPostgresException(
                Code.NOT_SAFE, "No standby of " + shard.name() + " was promoted: " + refusal + ".");
        try {
            site.tell(old.id(), "no standby may be promoted (" + refusal + "); it is started again");
            old.start();
            if (old.awaitsPromotion()) {
                complete();
            }
        } catch (RuntimeException another) {
            refused.addSuppressed(another);
        }
        throw refused;
    }

    /** How far a standby has received for good, empty where it can't be found out. */
    private Optional<WalPosition> position(LiveNode standby) {
        try {
            standby.start();
            Optional<WalPosition> settled = settled(standby, SETTLE);
            if (settled.isPresent()) {
                return settled;
            }
            // Its receiver hangs. What it has written survives its end.
            standby.postmaster().end();
            standby.start();
            return settled(standby, SETTLE_AFTER_RESTART);
        } catch (LocalPostgresException failure) {
            site.tell(standby.id(), "cannot be asked: " + failure.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<WalPosition> settled(LiveNode standby, Duration patience) {
        Waiting waiting = new Waiting(patience);
        try (Connection connection = standby.connect(Site.MAINTENANCE, ANSWER)) {
            while (!Statements.settled(connection)) {
                if (!waiting.goesOn()) {
                    return Optional.empty();
                }
            }
            return Optional.of(Statements.received(connection));
        } catch (SQLException noAnswer) {
            return Optional.empty();
        }
    }
}
