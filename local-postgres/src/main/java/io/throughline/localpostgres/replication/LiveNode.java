package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.Secrets;
import io.throughline.localpostgres.folder.FolderFailure;
import io.throughline.localpostgres.folder.NodeFolder;
import io.throughline.localpostgres.folder.NodeRecord;
import io.throughline.localpostgres.folder.ShardRecord;
import io.throughline.localpostgres.folder.TextFile;
import io.throughline.localpostgres.postmaster.Postmaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** One node that can be configured by what the state says of it, started, and connected to. */
public final class LiveNode {

    private static final Duration STOP = Duration.ofSeconds(15);

    private final Site site;
    private final String shard;
    private final String name;
    private final NodeFolder folder;
    private final Postmaster postmaster;
    private final Login login;

    LiveNode(Site site, String shard, String name) {
        this.site = site;
        this.shard = shard;
        this.name = name;
        this.folder = site.folder().node(shard, name);
        this.postmaster = new Postmaster(id(), folder, site.binaries(), site.account(), site.platform());
        this.login = new Login(site.secrets());
    }

    public String name() {
        return name;
    }

    String id() {
        return shard + "/" + name;
    }

    NodeFolder folder() {
        return folder;
    }

    public Postmaster postmaster() {
        return postmaster;
    }

    NodeRecord remembered() {
        return site.state().shard(shard).node(name);
    }

    public Role role() {
        return remembered().role();
    }

    public Node look() {
        NodeRecord remembered = remembered();
        return NodeLook.of(shard, remembered, folder, postmaster);
    }

    /** Writes its settings by what the state says of it now. A running server takes them after a reload. */
    void configure() {
        ShardRecord record = site.state().shard(shard);
        Path data = folder.data();
        TextFile.replaceFor(
                site.account(),
                folder.passfile(),
                "*:*:*:replicator:" + Secrets.read(site.secrets().replicator()) + "\n");
        TextFile.replaceFor(site.account(), data.resolve("pg_hba.conf"), NodeSettings.HOST_RULES);
        TextFile.replaceFor(
                site.account(),
                data.resolve("postgresql.conf"),
                NodeSettings.text(record, record.node(name), folder.passfile(), site.config()));
        switch (role()) {
            case PRIMARY -> {
                // One that still has the file was to be promoted when all was killed: it starts as a standby, and is.
            }
            case STANDBY, STALE -> TextFile.replaceFor(site.account(), standbySignal(), "");
        }
    }

    private Path standbySignal() {
        return folder.data().resolve("standby.signal");
    }

    /** Whether the state calls it primary while its data still is a standby's. */
    boolean awaitsPromotion() {
        return role() == Role.PRIMARY && Files.exists(standbySignal());
    }

    /** Starts it, or takes over the server that an earlier JVM left running. */
    void start() {
        checkVersion();
        configure();
        if (adopt()) {
            site.tell(id(), "found running as process " + postmaster.pid());
            return;
        }
        postmaster.stop(STOP);
        postmaster.start(remembered().port(), site.config().startTimeout());
        site.tell(id(), "up on " + Site.HOST + ":" + remembered().port());
    }

    private boolean adopt() {
        if (!postmaster.runs()) {
            return false;
        }
        postmaster.resume();
        if (!postmaster.readyOn(remembered().port())) {
            return false;
        }
        try (Connection connection = connect("postgres", Duration.ofSeconds(2))) {
            boolean standby = Statements.inRecovery(connection);
            postmaster.reload();
            return standby == (role() != Role.PRIMARY) || awaitsPromotion();
        } catch (SQLException noAnswer) {
            return false;
        }
    }

    void stop() {
        postmaster.stop(STOP);
    }

    private void checkVersion() {
        Path file = folder.data().resolve("PG_VERSION");
        try {
            String version = Files.readString(file).strip();
            if (!version.equals(site.binaries().majorVersion())) {
                throw new LocalPostgresException(
                        Code.VERSION_DIFFERS,
                        folder.data() + " was made by PostgreSQL " + version + ", and this is PostgreSQL "
                                + site.binaries().version()
                                + ". Use the Throughline version that made it, or copy the rows over with"
                                + " ./grid export and import.");
            }
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    public Connection connect(String database, Duration patience) throws SQLException {
        return login.connect(remembered().port(), database, patience);
    }
}
