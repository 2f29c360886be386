package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.postmaster.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until every standby streams and counts. */
final class Quorum {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Site site;
    private final LiveShard shard;

    Quorum(Site site, LiveShard shard) {
        this.site = site;
        this.shard = shard;
    }

    void await() {
        Set<String> missing = missing(site.config().startTimeout());
        if (!missing.isEmpty()) {
            throw new LocalPostgresException(
                    Code.TIMED_OUT,
                    "The standbys " + missing + " of " + shard.name() + " do not stream from its primary. See "
                            + site.folder().root().resolve(shard.name()) + "/*/postgres.log");
        }
    }

    /** Whether this standby is not attached to the primary now. */
    boolean lacks(LiveNode standby) {
        try (Connection connection = shard.primary().connect(Site.MAINTENANCE, ANSWER)) {
            return !Statements.attachedStandbys(connection).contains(standby.slot());
        } catch (SQLException failure) {
            throw noAnswer(failure);
        }
    }

    /** Those that are not there within this time. */
    Set<String> missing(Duration patience) {
        Waiting waiting = new Waiting(patience);
        try (Connection connection = shard.primary().connect(Site.MAINTENANCE, ANSWER)) {
            while (true) {
                Set<String> missing = shard.withRole(Role.STANDBY).stream()
                        .map(LiveNode::slot)
                        .collect(Collectors.toSet());
                missing.removeAll(Statements.synchronousStandbys(connection));
                if (missing.isEmpty() || !waiting.goesOn()) {
                    return missing;
                }
            }
        } catch (SQLException failure) {
            throw noAnswer(failure);
        }
    }

    private LocalPostgresException noAnswer(SQLException failure) {
        return new LocalPostgresException(
                Code.START_FAILED, shard.primary().id() + " does not answer: " + failure.getMessage(), failure);
    }
}
