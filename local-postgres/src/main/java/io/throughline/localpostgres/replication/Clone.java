package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.folder.TextFile;
import io.throughline.localpostgres.folder.Tree;
import io.throughline.localpostgres.postmaster.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a node anew as a copy of the primary, while that one is written to. The node is stale from before its data goes
 * until it streams; meanwhile it streams under a name that counts for no quorum. So it never acknowledges a write that
 * it might not be able to show.
 *
 * <p>The copy takes long, and a failover must not wait for it: only the steps that change or rely on who is what hold
 * the shard's lock, and each of them looks whether the primary is still the same. Where it is dead or replaced, what was
 * copied is of no use: it is deleted at once, and the node stays stale until it is cloned from the next primary.
 */
final class Clone {

    private static final Duration COPY = Duration.ofMinutes(30);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** What a standby makes for itself, or must not have of its primary (PostgreSQL's manual, 25.3.4). */
    private static final Set<String> EMPTY_FOLDERS = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_FILES =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "backup_label", "standby.signal");

    private final Site site;
    private final LiveShard shard;
    private final LiveNode node;
    private final CloneSource source;

    Clone(Site site, LiveShard shard, LiveNode node) {
        this.site = site;
        this.shard = shard;
        this.node = node;
        this.source = CloneSource.of(site, shard);
    }

    void run() {
        try {
            shard.changing(this::spoil);
            makeStandby();
            awaitStreaming(node.slot());
            site.tell(node.id(), "is a standby again");
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.START_FAILED, node.id() + " could not be cloned: " + failure.getMessage(), failure);
        }
    }

    private void makeStandby() throws SQLException {
        try {
            site.tell(node.id(), "is cloned from " + source.primary().id());
            copy();
            // It takes connections when it has the WAL of its backup: where the source dies before, that never comes.
            node.start(source::remains);
            awaitStreaming(node.slot() + NodeSettings.CLONING);
            shard.changing(this::join);
        } catch (SQLException | LocalPostgresException failure) {
            if (source.remains()) {
                throw failure;
            }
            shard.changing(this::discard);
            throw sourceLost(failure);
        }
    }

    /** Under the lock, so that nothing is deleted any more once the shard has been stopped. */
    private void discard() {
        if (node.role() == Role.STALE) {
            node.postmaster().end();
            Tree.delete(node.folder().data());
        }
    }

    private LocalPostgresException sourceLost(@Nullable Throwable cause) {
        return new LocalPostgresException(
                Code.START_FAILED,
                node.id() + " could not be cloned from " + source.primary().id() + ", which died or was replaced"
                        + " meanwhile. Clone it from the next primary.",
                cause);
    }

    /** Takes it out of the standbys. Once its processes are gone it acknowledges nothing more. */
    private void spoil() throws SQLException {
        requireSameReign();
        if (node.role() == Role.PRIMARY) {
            throw new LocalPostgresException(
                    Code.NOT_SAFE, node.id() + " is the primary and can't be cloned. Promote a standby first.");
        }
        try (Connection connection = source.primary().connect(Site.MAINTENANCE, ANSWER)) {
            node.postmaster().end();
            if (node.role() == Role.STANDBY) {
                var written = Statements.written(connection);
                site.state().change(shard.name(), record -> record.spoiled(node.name(), written));
            }
        }
    }

    private void copy() throws SQLException {
        LiveNode primary = source.primary();
        try (Connection connection = primary.connect(Site.MAINTENANCE, COPY)) {
            Statements.renewSlot(connection, node.slot());
            Statements.startBackup(connection);
            Tree.delete(node.folder().data());
            node.folder().make(site.account());
            Tree.copy(primary.folder().data(), node.folder().data(), site.account(), this::leftOut);
            Path label = node.folder().data().resolve("backup_label");
            TextFile.replaceFor(site.account(), label, Statements.stopBackup(connection));
            Disk.force(node.folder().data());
        }
    }

    /** Asked for each file, and a copy may take minutes: so it also is where a copy ends that has lost its source. */
    private boolean leftOut(Path path) {
        if (!source.remains()) {
            throw sourceLost(null);
        }
        return left(path);
    }

    static boolean left(Path path) {
        String file = path.getFileName().toString();
        boolean inEmptyFolder = path.getNameCount() > 1
                && EMPTY_FOLDERS.contains(path.getName(0).toString());
        return inEmptyFolder || LEFT_FILES.contains(file) || file.startsWith("pgsql_tmp");
    }

    private void join() {
        requireSameReign();
        site.state().change(shard.name(), record -> record.cloned(node.name()));
        node.reconfigure();
    }

    private void requireSameReign() {
        if (!source.reigns()) {
            throw sourceLost(null);
        }
    }

    private void awaitStreaming(String name) throws SQLException {
        Waiting waiting = new Waiting(site.config().startTimeout());
        try (Connection connection = source.primary().connect(Site.MAINTENANCE, ANSWER)) {
            while (!Statements.streams(connection, name)) {
                if (!source.remains()) {
                    throw sourceLost(null);
                }
                if (!waiting.goesOn()) {
                    throw new LocalPostgresException(
                            Code.TIMED_OUT,
                            node.id() + " does not stream. See " + node.folder().log());
                }
            }
        }
    }
}
