package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.Secrets;
import io.throughline.localpostgres.Shard;
import io.throughline.localpostgres.folder.ShardRecord;
import io.throughline.localpostgres.postmaster.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One shard's nodes, started and stopped in order. Changes to who is what exclude each other. */
public final class LiveShard {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Site site;
    private final String name;
    private final List<LiveNode> nodes;

    public LiveShard(Site site, String name) {
        this.site = site;
        this.name = name;
        this.nodes = site.state().shard(name).nodes().stream()
                .map(node -> new LiveNode(site, name, node.name()))
                .toList();
    }

    public String name() {
        return name;
    }

    public LiveNode node(String wanted) {
        return nodes.stream()
                .filter(node -> node.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no node named " + wanted));
    }

    private ShardRecord remembered() {
        return site.state().shard(name);
    }

    LiveNode primary() {
        return node(remembered().primary().name());
    }

    List<LiveNode> withRole(Role role) {
        return nodes.stream().filter(node -> node.role() == role).toList();
    }

    public Shard look() {
        return new Shard(name, nodes.stream().map(LiveNode::look).toList());
    }

    /** Brings all nodes up, the shard made first where it is new, and returns when its quorum is complete. */
    public synchronized void start() {
        if (remembered().made()) {
            Together.each(nodes, LiveNode::start);
        } else {
            make();
        }
        awaitStandbys();
        site.state().change(name, ShardRecord::asMade);
        site.tell(name, "quorum of " + withRole(Role.STANDBY).size() + " standbys complete");
    }

    private void make() {
        site.tell(name, "making its data folders");
        new NewShard(site, nodes).makeFolders();
        primary().start();
        try (Connection connection = primary().connect("postgres", ANSWER)) {
            Secrets secrets = site.secrets();
            Statements.bootstrap(
                    connection,
                    Secrets.read(secrets.replicator()),
                    Secrets.read(secrets.owner()),
                    Secrets.read(secrets.application()));
            for (LiveNode standby : withRole(Role.STANDBY)) {
                Statements.makeSlot(connection, NodeSettings.slot(standby.name()));
            }
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.START_FAILED, primary().id() + " could not be set up: " + failure.getMessage(), failure);
        }
        Together.each(withRole(Role.STANDBY), LiveNode::start);
    }

    private void awaitStandbys() {
        Set<String> wanted = withRole(Role.STANDBY).stream()
                .map(node -> NodeSettings.slot(node.name()))
                .collect(Collectors.toSet());
        Waiting waiting = new Waiting(site.config().startTimeout());
        try (Connection connection = primary().connect("postgres", ANSWER)) {
            while (!Statements.synchronousStandbys(connection).containsAll(wanted)) {
                if (!waiting.goesOn()) {
                    throw new LocalPostgresException(
                            Code.TIMED_OUT,
                            "Not all standbys of " + name + " stream from its primary. See "
                                    + site.folder().root().resolve(name) + "/*/postgres.log");
                }
            }
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.START_FAILED, primary().id() + " does not answer: " + failure.getMessage(), failure);
        }
    }

    /** The primary first: its last WAL then reaches the standbys, and no node is ahead of another. */
    public synchronized void stop() {
        nodes.forEach(node -> node.postmaster().resume());
        primary().stop();
        Together.each(nodes, LiveNode::stop);
    }
}
