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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One node: configured by what the state says of it at that moment, started, connected to. Settings are written, and
 * servers started and stopped, by one thread at a time; so whoever writes last has read the newest state. Signals go at
 * any time.
 */
public final class LiveNode {

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

    private final Site site;
    private final String shard;
    private final String name;
    private final NodeFolder folder;
    private final Postmaster postmaster;
    private final Login login;
    private final ReentrantLock cloning = new ReentrantLock();

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

    public String id() {
        return shard + "/" + name;
    }

    /** Under which it streams, where it counts for the quorum, and under which WAL is kept for it. */
    String slot() {
        return NodeSettings.slot(name);
    }

    NodeFolder folder() {
        return folder;
    }

    /** Held for as long as it is cloned. Taken before the shard's lock. */
    ReentrantLock cloning() {
        return cloning;
    }

    /** For signals only; starting and stopping are below. */
    public Postmaster postmaster() {
        return postmaster;
    }

    public boolean runs() {
        return postmaster.processes().run();
    }

    private NodeRecord remembered() {
        return site.state().shard(shard).node(name);
    }

    public Role role() {
        return remembered().role();
    }

    int port() {
        return remembered().port();
    }

    public Node look() {
        return NodeLook.of(shard, remembered(), folder, postmaster.processes());
    }

    /** Takes the settings that follow from the state now. */
    synchronized void reconfigure() {
        configure();
        postmaster.reload();
    }

    private void configure() {
        ShardRecord record = site.state().shard(shard);
        String login = "*:*:*:replicator:" + Secrets.read(site.secrets().replicator()) + "\n";
        write(folder.passfile(), login);
        write(folder.data().resolve("pg_hba.conf"), NodeSettings.HOST_RULES);
        write(
                folder.data().resolve("postgresql.conf"),
                NodeSettings.text(record, record.node(name), folder.passfile(), site.config(), site.platform()));
        switch (record.node(name).role()) {
            case PRIMARY -> {
                // One that still has the file was to be promoted when all was killed: it starts as a standby, and is.
            }
            case STANDBY, STALE -> write(standbySignal(), "");
        }
    }

    private void write(Path file, String text) {
        TextFile.replaceFor(site.account(), file, text);
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
        start(() -> true);
    }

    /** As {@link #start()}; given up when it no longer is worthwhile. */
    synchronized void start(BooleanSupplier worthwhile) {
        checkVersion();
        configure();
        if (adopt()) {
            return;
        }
        postmaster.stop(STOP);
        launch(worthwhile);
    }

    private void launch(BooleanSupplier worthwhile) {
        FreshPorts fresh = new FreshPorts(site, shard, name);
        while (true) {
            try {
                postmaster.start(port(), site.config().startTimeout(), worthwhile);
                site.tell(id(), "up on " + Site.HOST + ":" + port());
                return;
            } catch (LocalPostgresException failure) {
                if (failure.code() != Code.PORT_TAKEN || !fresh.move()) {
                    throw failure;
                }
                configure();
            }
        }
    }

    private boolean adopt() {
        if (!postmaster.processes().run()) {
            return false;
        }
        postmaster.resume();
        if (!postmaster.processes().readyOn(port())) {
            return false;
        }
        try (Connection connection = connect(Site.MAINTENANCE, FIRST_ANSWER)) {
            boolean standby = Statements.inRecovery(connection);
            if (standby != (role() != Role.PRIMARY) && !awaitsPromotion()) {
                return false;
            }
        } catch (SQLException noAnswer) {
            return false;
        }
        postmaster.reload();
        site.tell(id(), "runs on " + Site.HOST + ":" + port() + " already");
        return true;
    }

    /** In order. */
    synchronized void stop() {
        postmaster.stop(STOP);
    }

    private void checkVersion() {
        if (!folder.hasData()) {
            throw new LocalPostgresException(Code.START_FAILED, id() + " has lost its data, " + folder.data() + ".");
        }
        Path file = folder.data().resolve("PG_VERSION");
        try {
            String version = Files.readString(file).strip();
            if (!version.equals(site.binaries().majorVersion())) {
                throw new LocalPostgresException(
                        Code.VERSION_DIFFERS,
                        folder.data() + " was made by PostgreSQL " + version + ", and this is PostgreSQL "
                                + site.binaries().version()
                                + ". Start it with the version of Throughline that made it, export the maps, and"
                                + " import them into a new folder.");
            }
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    /** Freezes what sends WAL to the standbys. */
    public void pauseSenders() {
        try (Connection connection = connect(Site.MAINTENANCE, FIRST_ANSWER)) {
            postmaster().pause(Statements.senders(connection));
        } catch (SQLException failure) {
            throw new LocalPostgresException(
                    Code.NO_ANSWER, id() + " does not tell who sends its WAL: " + failure.getMessage(), failure);
        }
    }

    /** @param patience how long an answer may take, in whole seconds; zero is for ever */
    public Connection connect(String database, Duration patience) throws SQLException {
        return login.connect(port(), database, patience);
    }
}
