package io.throughline.localpostgres;

import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.binaries.Platform;
import io.throughline.localpostgres.folder.FolderLock;
import io.throughline.localpostgres.folder.GridFolder;
import io.throughline.localpostgres.folder.NodeFolder;
import io.throughline.localpostgres.folder.Owner;
import io.throughline.localpostgres.folder.ShardRecord;
import io.throughline.localpostgres.folder.StateFile;
import io.throughline.localpostgres.postmaster.ServerProcesses;
import io.throughline.localpostgres.replication.LiveNode;
import io.throughline.localpostgres.replication.LiveShard;
import io.throughline.localpostgres.replication.NodeLook;
import io.throughline.localpostgres.replication.Site;
import io.throughline.localpostgres.replication.Together;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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
    private final List<FailoverWatch> watches = new CopyOnWriteArrayList<>();
    private boolean closed;

    LocalShards(Site site, FolderLock lock, List<LiveShard> shards) {
        this.site = site;
        this.lock = lock;
        this.shards = List.copyOf(shards);
        this.exitHook = new Thread(this::close, "local-postgres-exit");
    }

    /**
     * Starts all nodes and returns when each shard's standbys stream.
     *
     * @throws LocalPostgresException whose code and message name the cause; nothing that it started keeps running
     */
    public static LocalShards start(LocalShardsConfig config) {
        LocalShards opened = Opening.of(config).open();
        // From before the first server on: Ctrl-C doesn't reach servers, so it must reach this.
        Runtime.getRuntime().addShutdownHook(opened.exitHook);
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
        if (!config.stopAtExit()) {
            opened.forgetExitHook();
        }
        return opened;
    }

    /**
     * Looks at a folder that this or any other process may have started, and changes nothing. Must run as the user that
     * started it.
     */
    public static Overview describe(Path directory) {
        GridFolder folder = new GridFolder(directory.toAbsolutePath().normalize());
        if (!StateFile.exists(folder.state())) {
            throw new LocalPostgresException(
                    Code.FOLDER_NOT_OURS, "No shards were ever started in " + folder.root() + ".");
        }
        List<Shard> shards = StateFile.read(folder.state()).stream()
                .map(shard -> look(folder, shard))
                .toList();
        Owner owner = Owner.read(folder.owner());
        return new Overview(folder.root(), owner.alive() ? owner.pid() : 0, shards);
    }

    private static Shard look(GridFolder folder, ShardRecord shard) {
        Platform platform = Platform.current();
        return new Shard(
                shard.name(),
                shard.nodes().stream()
                        .map(node -> {
                            NodeFolder paths = folder.node(shard.name(), node.name());
                            return NodeLook.of(shard.name(), node, paths, new ServerProcesses(paths.data(), platform));
                        })
                        .toList());
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

    /**
     * Freezes what sends WAL to the standbys: what the node commits from now on is on no other. It ends with the node, or goes on
     * when that is resumed.
     *
     * @throws LocalPostgresException with {@code NO_ANSWER} where the node does not tell which processes these are
     */
    public void pauseSenders(Node node) {
        live(node).pauseSenders();
    }

    public void resume(Node node) {
        live(node).postmaster().resume();
    }

    /** Stops a node in order. A watch leaves it alone until it is started again. */
    public void stop(Node node) {
        live(node.shard()).stop(live(node));
    }

    /** Starts a node that was stopped or killed; one that is stale is cloned. */
    public void start(Node node) {
        live(node.shard()).start(live(node));
    }

    /**
     * Stops the primary, promotes the standby that has received most, and clones the old primary anew as a standby.
     *
     * @throws LocalPostgresException with {@code NOT_SAFE} where acknowledged writes could be lost: the old primary is
     *     started again
     */
    public void promote(Shard shard) {
        live(shard.name()).promote();
    }

    /** Throws a standby's data away and makes it anew as a copy of its primary, while that one is written to. */
    public void reclone(Node node) {
        live(node.shard()).reclone(live(node));
    }

    /** Keeps all shards in service until it, or this, is closed. */
    public FailoverWatch watch() {
        return watch(WatchConfig.standard());
    }

    public FailoverWatch watch(WatchConfig patience) {
        FailoverWatch watch = new FailoverWatch(shards, patience, site.config().progress());
        watches.add(watch);
        return watch;
    }

    /** Stops all nodes in order. Does nothing the second time, but waits for the first. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            watches.forEach(FailoverWatch::close);
            Together.each(shards, LiveShard::stop);
        } finally {
            lock.close();
            forgetExitHook();
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
