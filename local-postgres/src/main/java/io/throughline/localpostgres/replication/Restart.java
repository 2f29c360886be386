package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings up a shard that was made before, however it ended. Who is primary is taken from the state, never from what the
 * data folders look like. Afterwards what could not be brought up is stale, and left to be cloned.
 */
final class Restart {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** In which a standby that was near its primary gets to stream; one whose WAL is gone never does. */
    private static final Duration STREAM = Duration.ofSeconds(10);

    private final Site site;
    private final LiveShard shard;

    Restart(Site site, LiveShard shard) {
        this.site = site;
        this.shard = shard;
    }

    void run() {
        shard.withRole(Role.STALE).forEach(stale -> stale.postmaster().end());
        if (shard.primary().folder().hasData()) {
            startAll();
        } else {
            site.tell(shard.primary().id(), "has lost its data folder");
            new Failover(site, shard).run();
        }
        spoilThoseThatDoNotStream();
    }

    private void startAll() {
        LiveNode primary = shard.primary();
        int port = primary.port();
        Map<LiveNode, LocalPostgresException> failed = new ConcurrentHashMap<>();
        List<LiveNode> nodes = new ArrayList<>(shard.withRole(Role.STANDBY));
        nodes.add(primary);
        Together.each(nodes, node -> {
            try {
                node.start();
            } catch (LocalPostgresException failure) {
                failed.put(node, failure);
            }
        });
        failed.forEach((node, failure) -> {
            if (node == primary || !cloneHelps(node, failure)) {
                throw failure;
            }
            site.tell(node.id(), "did not come up, and is cloned anew: " + failure);
        });
        if (primary.awaitsPromotion()) {
            new Failover(site, shard).complete();
        } else if (primary.port() != port) {
            shard.withRole(Role.STANDBY).stream().filter(LiveNode::runs).forEach(LiveNode::reconfigure);
        }
    }

    /** Not where the cause lies outside its data: a port, a library, a full disk. */
    private static boolean cloneHelps(LiveNode node, LocalPostgresException failure) {
        return !node.folder().hasData() || failure.code() == Code.START_FAILED || failure.code() == Code.TIMED_OUT;
    }

    private void spoilThoseThatDoNotStream() {
        Quorum quorum = new Quorum(site, shard);
        Set<String> missing = quorum.missing(STREAM);
        if (missing.isEmpty()) {
            return;
        }
        try (Connection connection = shard.primary().connect(Site.MAINTENANCE, ANSWER)) {
            for (LiveNode standby : shard.withRole(Role.STANDBY)) {
                if (missing.contains(standby.slot()) && quorum.lacks(standby)) {
                    site.tell(standby.id(), "cannot follow its primary any more");
                    standby.postmaster().end();
                    var written = Statements.written(connection);
                    site.state().change(shard.name(), record -> record.spoiled(standby.name(), written));
                }
            }
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.START_FAILED, shard.primary().id() + " does not answer: " + failure.getMessage(), failure);
        }
    }
}
