package io.throughline.mapstore.schema;

import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.shard.ShardConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, with the members' own role, whether the shards are what throughline.yaml says. Changes nothing. */
public final class SchemaCheck {

    private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);

    private final GridConfig config;
    private final InstantSource clock;

    private SchemaCheck(GridConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Connects to every primary; waits up to {@code connections.start-timeout} for those that aren't there yet.
     *
     * @throws io.throughline.mapstore.StartRefusedException naming everything that isn't as it should be, with shard,
     *     table and the way out
     */
    public static ShardMap verify(GridConfig config) {
        return new SchemaCheck(config, InstantSource.system()).run().shardMap();
    }

    /**
     * What one shard says, whichever answers first: for a client, which has no use for the others before it writes to them.
     * Waits up to {@code connections.start-timeout} where none answers.
     *
     * @throws io.throughline.mapstore.StartRefusedException if none does, or if it says something else than the file
     */
    public static ShardMap shardMapOfAnyShard(GridConfig config) {
        return new SchemaCheck(config, InstantSource.system()).runOnAny();
    }

    private ShardMap runOnAny() {
        for (ShardConfig shard : config.shards()) {
            try (ShardSessions session = connector(Duration.ZERO).open(List.of(shard))) {
                return agreed(session).shardMap();
            } catch (StartRefusedException unreachable) {
                log.warn("{}", unreachable.getMessage());
            }
        }
        return run().shardMap();
    }

    private StartConnector connector(Duration patience) {
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "throughline start");
        return new StartConnector(connections, config.file(), "database", clock, patience);
    }

    private CheckedGrid run() {
        try (ShardSessions sessions =
                connector(config.connections().startTimeout()).open(config.shards())) {
            refuse(sessions, this::gridTables);
            CheckedGrid grid = agreed(sessions);
            refuse(sessions, this::mapTables);
            return grid;
        }
    }

    private interface Look {
        List<String> at(String shard, Connection connection) throws SQLException;
    }

    private void refuse(ShardSessions sessions, Look look) {
        Refusals refusals = new Refusals();
        for (String shard : config.shardNames()) {
            sessions.on(shard, "looking at the schema", connection -> look.at(shard, connection))
                    .forEach(reason -> refusals.add(shard + ": " + reason));
        }
        refusals.throwIfAny();
    }

    private List<String> gridTables(String shard, Connection connection) throws SQLException {
        List<String> reasons = new ArrayList<>(new DatabaseCheck(shard).on(connection));
        for (TableCheck table : ExpectedTables.ofGrid()) {
            reasons.addAll(table.on(connection, config));
        }
        return reasons;
    }

    private CheckedGrid agreed(ShardSessions sessions) {
        Map<String, GridRecord> records = sessions.onEach("reading throughline.grid", GridTables::read);
        Refusals refusals = new Refusals();
        return new GridAgreement(config, records).complete(refusals).orElseThrow(refusals::exception);
    }

    private List<String> mapTables(String shard, Connection connection) throws SQLException {
        List<String> reasons = new ArrayList<>();
        for (GridMapConfig map : config.maps()) {
            reasons.addAll(ExpectedTables.of(map).on(connection, config));
        }
        return reasons;
    }
}
