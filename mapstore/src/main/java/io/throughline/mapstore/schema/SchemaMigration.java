package io.throughline.mapstore.schema;

import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.MigrationConfig;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.shard.ShardConnections;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what a member needs on the shards: the grid's tables, its identity and shard map, and a table for each map. What
 * stands already is left as it is, so every member may run it at every start, several at once, and a run that was cut
 * short is taken up by the next.
 *
 * <p>That all shards end up in one grid rests on one row: the identity on the shard that decides (the first by name).
 * It is written first, by whoever comes first; everyone reads it back and copies it to the other shards; once all have
 * it, that is noted on the shard that decides. {@link GridAgreement} tells what follows from a shard without one.
 */
public final class SchemaMigration {

    private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

    // DDL may wait for traffic on a table, and each commit for standbys that have just been started.
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

    private final GridConfig config;
    private final ShardConnections connections;
    private final InstantSource clock;

    private SchemaMigration(GridConfig config, MigrationConfig migration, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        ConnectionsConfig limits = config.connections();
        this.connections = new ShardConnections(
                config.database().name(),
                migration.credentials(),
                new ConnectionsConfig(
                        1,
                        limits.connectTimeout(),
                        SOCKET_TIMEOUT,
                        limits.startTimeout(),
                        config.connections().tls(),
                        config.connections().rootCertificate()),
                "throughline migration");
    }

    /** As {@link #migrate(GridConfig, MigrationConfig)}, with the role of the config's migration section. */
    public static void migrate(GridConfig config) {
        migrate(config, Objects.requireNonNull(config.migration(), "no migration block to take a role from"));
    }

    /**
     * Connects to every primary with the owner's role; waits up to {@code connections.start-timeout} for those that
     * aren't there yet.
     *
     * @throws io.throughline.mapstore.StartRefusedException if the shards aren't of the grid that the config describes,
     *     or can't be reached or changed
     */
    public static void migrate(GridConfig config, MigrationConfig migration) {
        new SchemaMigration(config, migration, InstantSource.system()).run();
    }

    private void run() {
        String decider = GridAgreement.decider(config);
        StartConnector connector = new StartConnector(
                connections,
                config.file(),
                "migration",
                clock,
                config.connections().startTimeout());
        try (ShardSessions sessions = connector.open(config.shards())) {
            sessions.on(decider, "waiting for other migrations", connection -> {
                MigrationLock.take(connection, decider, clock);
                return true;
            });
            refuseOtherGrids(sessions);
            refuseForeignSchemas(sessions);
            config.shards().forEach(this::migrateSchemas);
            makeGrid(sessions, decider);
        }
    }

    private void refuseOtherGrids(ShardSessions sessions) {
        Refusals refusals = new Refusals();
        new GridAgreement(config, read(sessions)).refuseUnlessCompletable(refusals);
        refusals.throwIfAny();
    }

    private static Map<String, GridRecord> read(ShardSessions sessions) {
        return sessions.onEach("reading throughline.grid", GridTables::read);
    }

    private void refuseForeignSchemas(ShardSessions sessions) {
        Refusals refusals = new Refusals();
        ForeignSchemas foreign = new ForeignSchemas(config);
        sessions.onEach("looking at the schemas", foreign::on)
                .forEach((shard, reasons) -> reasons.forEach(reason -> refusals.add(shard + ": " + reason)));
        refusals.throwIfAny();
    }

    private void migrateSchemas(ShardConfig shard) {
        SchemaHistory history = new SchemaHistory(
                shard.name(),
                connections.primaryOf(shard),
                connections.credentials().user(),
                config.database().credentials().user());
        history.migrateGrid();
        for (GridMapConfig map : config.maps()) {
            history.migrateMap(map.schema(), map.valueFormat().columnType());
        }
    }

    private void makeGrid(ShardSessions sessions, String decider) {
        ShardMap initial = ShardMap.initial(config.partitions(), config.shardNames());
        write(sessions, decider, UUID.randomUUID(), initial);
        CheckedGrid decided =
                agreed(Map.of(decider, sessions.on(decider, "reading throughline.grid", GridTables::read)));
        config.shardNames().stream()
                .filter(shard -> !shard.equals(decider))
                .forEach(shard -> write(sessions, shard, decided.gridId(), decided.shardMap()));
        agreed(read(sessions));
        sessions.on(decider, "noting that every shard was made", GridTables::markMade);
    }

    private static void write(ShardSessions sessions, String shard, UUID gridId, ShardMap shardMap) {
        boolean written = sessions.on(
                shard, "writing throughline.grid", connection -> GridTables.write(connection, gridId, shard, shardMap));
        if (written) {
            log.info("{}: made a shard of grid {}", shard, gridId);
        }
    }

    private CheckedGrid agreed(Map<String, GridRecord> records) {
        Refusals refusals = new Refusals();
        return new GridAgreement(config, records).complete(refusals).orElseThrow(refusals::exception);
    }
}
