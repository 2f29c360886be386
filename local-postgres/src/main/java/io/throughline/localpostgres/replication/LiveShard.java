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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One shard's nodes. Changes to who is what exclude each other. */
public final class LiveShard {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PATIENCE_WITH_A_CHANGE = Duration.ofSeconds(5);

    private final Site site;
    private final String name;
    private final List<LiveNode> nodes;
    private final ReentrantLock changes = new ReentrantLock();
    private final Set<String> resting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

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

    public List<LiveNode> nodes() {
        return nodes;
    }

    public LiveNode node(String wanted) {
        return nodes.stream()
                .filter(node -> node.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no node named " + wanted));
    }

    public LiveNode primary() {
        return node(site.state().shard(name).primary().name());
    }

    List<LiveNode> withRole(Role role) {
        return nodes.stream().filter(node -> node.role() == role).toList();
    }

    public Shard look() {
        return new Shard(name, nodes.stream().map(LiveNode::look).toList());
    }

    /** A step that changes or relies on who is what. */
    @FunctionalInterface
    interface Change {
        void make() throws SQLException;
    }

    void changing(Change change) throws SQLException {
        changes.lock();
        try {
            if (closed) {
                throw new LocalPostgresException(Code.CLOSED, name + " has been stopped.");
            }
            change.make();
        } finally {
            changes.unlock();
        }
    }

    private void changingNodes(Runnable change) {
        try {
            changing(change::run);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Brings all nodes up, the shard made first where it is new, and returns when its quorum is complete. */
    public void start() {
        changingNodes(() -> {
            if (site.state().shard(name).made()) {
                new Restart(site, this).run();
            } else {
                make();
            }
            new Quorum(site, this).await();
            site.state().change(name, ShardRecord::asMade);
        });
        withRole(Role.STALE).forEach(this::repair);
        site.tell(name, "its quorum of standbys is complete");
    }

    private void make() {
        site.tell(name, "making its data folders");
        new NewShard(site, nodes).makeFolders();
        primary().start();
        try (Connection connection = primary().connect(Site.MAINTENANCE, ANSWER)) {
            Secrets secrets = site.secrets();
            Statements.bootstrap(
                    connection,
                    Secrets.read(secrets.replicator()),
                    Secrets.read(secrets.owner()),
                    Secrets.read(secrets.application()));
            for (LiveNode standby : withRole(Role.STANDBY)) {
                Statements.makeSlot(connection, standby.slot());
            }
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.START_FAILED, primary().id() + " could not be set up: " + failure.getMessage(), failure);
        }
        Together.each(withRole(Role.STANDBY), LiveNode::start);
    }

    /** Replaces the primary, dead or alive; the caller clones it anew afterwards. */
    public void failOver() {
        changingNodes(new Failover(site, this)::run);
    }

    /** Replaces the primary, which is stopped in order if it runs, and clones it anew. */
    public void promote() {
        changingNodes(() -> {
            primary().stop();
            new Failover(site, this).run();
            new Quorum(site, this).await();
        });
        withRole(Role.STALE).forEach(this::repair);
    }

    public void reclone(LiveNode node) {
        resting.remove(node.name());
        node.cloning().lock();
        try {
            new Clone(site, this, node).run();
        } finally {
            node.cloning().unlock();
        }
    }

    /** Clones it, unless whoever cloned it a moment ago has done so already. */
    public void repair(LiveNode node) {
        node.cloning().lock();
        try {
            if (node.role() != Role.STANDBY || new Quorum(site, this).lacks(node)) {
                reclone(node);
            }
        } finally {
            node.cloning().unlock();
        }
    }

    /** Stopped in order and on purpose: the watch leaves it alone. */
    public void stop(LiveNode node) {
        resting.add(node.name());
        node.stop();
    }

    public void start(LiveNode node) {
        try {
            bringBack(node);
        } finally {
            resting.remove(node.name());
        }
    }

    /**
     * For a standby that is gone, or runs and follows no one. It is ended under the lock, as a failover may be asking it,
     * and not at all where a failover came between.
     */
    public void restart(LiveNode node) {
        int reign = site.state().shard(name).reign();
        changingNodes(() -> {
            if (node.role() == Role.STANDBY && site.state().shard(name).reign() == reign) {
                node.postmaster().end();
            }
        });
        bringBack(node);
    }

    /**
     * A primary comes up under the lock: a failover may just have made sure that it is dead. A standby may come up at any
     * time, and a failover that needs it waits for it.
     */
    private void bringBack(LiveNode node) {
        changingNodes(() -> {
            if (node.role() == Role.PRIMARY) {
                node.start();
            }
        });
        if (node.role() == Role.STALE || !node.folder().hasData()) {
            repair(node);
        } else if (node.role() == Role.STANDBY) {
            node.start();
        }
    }

    public boolean rests(LiveNode node) {
        return resting.contains(node.name());
    }

    /** The primary first: its last WAL then reaches the standbys, and no node is ahead of another. */
    public void stop() {
        closed = true;
        nodes.forEach(node -> node.postmaster().bar());
        lockUnderWhateverRuns();
        try {
            nodes.forEach(node -> node.postmaster().resume());
            primary().stop();
            Together.each(nodes, LiveNode::stop);
        } finally {
            changes.unlock();
        }
    }

    /** A change gets some time to end; then its servers are ended, which fails it. */
    private void lockUnderWhateverRuns() {
        Waiting patience = new Waiting(PATIENCE_WITH_A_CHANGE);
        while (!changes.tryLock()) {
            if (!patience.goesOn()) {
                nodes.forEach(node -> node.postmaster().end());
            }
        }
    }
}
