package io.throughline.localpostgres;

import io.throughline.localpostgres.folder.FolderLock;
import io.throughline.localpostgres.replication.LiveNode;
import io.throughline.localpostgres.replication.LiveShard;
import io.throughline.localpostgres.replication.Site;
import io.throughline.localpostgres.replication.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Real PostgreSQL on this machine: shards of one primary and two synchronous standbys, on loopback. All of it stands in
 * one folder, which one process may have started at a time. However it ended, the next start brings back its data.
 * Thread-safe.
 */
public final class LocalShards implements AutoCloseable {

    private final Site site;
    private final FolderLock lock;
    private final List<LiveShard> shards;
    private final Thread exitHook;
    private final AtomicBoolean closed = new AtomicBoolean();

    LocalShards(Site site, FolderLock lock, List<LiveShard> shards) {
        this.site = site;
        this.lock = lock;
        this.shards = List.copyOf(shards);
        this.exitHook = new Thread(this::stopAll, "local-postgres-exit");
    }

    /**
     * Starts all nodes and returns when each shard's standbys stream.
     *
     * @throws LocalPostgresException whose code and message name the cause; nothing that it started keeps running
     */
    public static LocalShards start(LocalShardsConfig config) {
        LocalShards opened = Opening.of(config).open();
        try {
            Together.each(opened.shards, LiveShard::start);
        } catch (RuntimeException failure) {
            try {
                opened.close();
            } catch (RuntimeException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
        if (config.stopAtExit()) {
            Runtime.getRuntime().addShutdownHook(opened.exitHook);
        }
        return opened;
    }

    /** All shards as they are now. */
    public List<Shard> shards() {
        return shards.stream().map(LiveShard::look).toList();
    }

    public Shard shard(String name) {
        return live(name).look();
    }

    /** For {@code hosts} of this shard in throughline.yaml. */
    public List<String> hosts(String shard) {
        return shard(shard).hosts();
    }

    public Secrets secrets() {
        return site.secrets();
    }

    /** A superuser's connection to the database {@code throughline} of one node, without a limit to its waits. */
    public Connection connect(Node node) throws SQLException {
        return live(node).connect(Site.DATABASE, Duration.ZERO);
    }

    /** Ends a node and its children with SIGKILL. */
    public void kill(Node node) {
        live(node).postmaster().end();
    }

    /** Freezes a node and its children with SIGSTOP. */
    public void pause(Node node) {
        live(node).postmaster().pause();
    }

    public void resume(Node node) {
        live(node).postmaster().resume();
    }

    /** Stops all nodes in order. Does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                Together.each(shards, LiveShard::stop);
            } finally {
                lock.close();
                forgetExitHook();
            }
        }
    }

    private void stopAll() {
        if (closed.compareAndSet(false, true)) {
            Together.each(shards, LiveShard::stop);
        }
    }

    private void forgetExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException exiting) {
            // The JVM is on its way out; the hook finds this closed.
            return;
        }
    }

    private LiveShard live(String shard) {
        return shards.stream()
                .filter(live -> live.name().equals(shard))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no shard named " + shard));
    }

    private LiveNode live(Node node) {
        return live(node.shard()).node(node.name());
    }
}
