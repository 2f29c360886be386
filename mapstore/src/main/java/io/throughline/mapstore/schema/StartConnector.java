package io.throughline.mapstore.schema;

import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.shard.ShardConnections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects a starting member to the primary of every shard. A shard that can't be reached is tried again until the
 * start-timeout, since databases and members are often started together; a refused login is final at once.
 */
final class StartConnector {

    private static final Logger log = LoggerFactory.getLogger(StartConnector.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOG_LINES = Duration.ofSeconds(5);

    // invalid_authorization_specification, invalid_password, invalid_catalog_name, insufficient_privilege (CONNECT)
    private static final Set<String> FINAL = Set.of("28000", "28P01", "3D000", "42501");

    private final ShardConnections connections;
    private final Path file;
    private final String block;
    private final InstantSource clock;
    private final Duration startTimeout;

    /**
     * @param file where the credentials are from; named in errors
     * @param block the block of it that holds the credentials
     */
    StartConnector(ShardConnections connections, Path file, String block, InstantSource clock, Duration startTimeout) {
        this.connections = connections;
        this.file = file;
        this.block = block;
        this.clock = clock;
        this.startTimeout = startTimeout;
    }

    /** @throws io.throughline.mapstore.StartRefusedException naming every shard that isn't reached */
    ShardSessions open(List<ShardConfig> shards) {
        ShardSessions sessions = new ShardSessions();
        Refusals refusals = new Refusals();
        Instant deadline = clock.instant().plus(startTimeout);
        for (ShardConfig shard : shards) {
            Connection connection = connect(shard, deadline, refusals);
            if (connection != null) {
                sessions.add(shard.name(), connection);
            }
        }
        try {
            refusals.throwIfAny();
            return sessions;
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }

    private @Nullable Connection connect(ShardConfig shard, Instant deadline, Refusals refusals) {
        Instant nextLine = clock.instant();
        while (true) {
            try {
                return connections.primaryOf(shard).getConnection();
            } catch (SQLException e) {
                Instant now = clock.instant();
                if (FINAL.contains(String.valueOf(e.getSQLState()))) {
                    refusals.add(loginRefused(shard, e), e);
                    return null;
                }
                if (!now.isBefore(deadline) || !Pause.of(PAUSE)) {
                    refusals.add(unreachable(shard), e);
                    return null;
                }
                if (!now.isBefore(nextLine)) {
                    log.warn(
                            "Waiting for the primary of {}, for another {} s: {}",
                            shard.name(),
                            Duration.between(now, deadline).toSeconds(),
                            new HostDiagnosis(connections).of(shard));
                    nextLine = now.plus(BETWEEN_LOG_LINES);
                }
            }
        }
    }

    private String loginRefused(ShardConfig shard, SQLException e) {
        return shard.name() + ": role " + connections.credentials().user() + " isn't let in to database "
                + connections.database() + ": " + SqlReason.of(e) + ". Compare " + block
                + " in " + file + " with the role and the database on that shard";
    }

    private String unreachable(ShardConfig shard) {
        return shard.name() + ": no primary was reached within " + startTimeout.toSeconds()
                + "s (connections.start-timeout): " + new HostDiagnosis(connections).of(shard)
                + ". Start that shard, or correct shards." + shard.name() + ".hosts in " + file;
    }
}
