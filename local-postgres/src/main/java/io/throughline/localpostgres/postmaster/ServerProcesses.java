package io.throughline.localpostgres.postmaster;

import io.throughline.localpostgres.binaries.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of the server on one data folder. It keeps no pid: each call finds them anew and checks that they are
 * this folder's, so a server that an earlier JVM started (and did not live to stop) is found like any other. Thread-safe.
 */
public final class ServerProcesses {

    private final Path data;
    private final ProcessTable table;

    public ServerProcesses(Path data, Platform platform) {
        this.data = data;
        this.table = ProcessTable.of(platform);
    }

    /** The postmaster's process id, 0 where none runs. */
    public long pid() {
        return postmaster().map(PidFile::pid).orElse(0L);
    }

    public boolean run() {
        return postmaster().isPresent();
    }

    /** Whether SIGSTOP holds the postmaster. */
    public boolean paused() {
        return postmaster().filter(file -> table.paused(file.pid())).isPresent();
    }

    /** Whether it says of itself that it takes connections on this port. */
    public boolean readyOn(int port) {
        return postmaster().filter(file -> file.ready() && file.port() == port).isPresent();
    }

    /** Postmaster and children; children alone where the postmaster was killed. */
    List<Long> all() {
        return table.on(data);
    }

    boolean anyPaused() {
        return all().stream().anyMatch(table::paused);
    }

    void signalPostmaster(Signal signal) {
        postmaster().ifPresent(file -> signal.send(List.of(file.pid())));
    }

    void signalAll(Signal signal) {
        signal.send(all());
    }

    /** Those of them that are this folder's. */
    void signal(Signal signal, Set<Long> pids) {
        signal.send(all().stream().filter(pids::contains).toList());
    }

    private Optional<PidFile> postmaster() {
        return PidFile.read(data).filter(file -> table.runsOn(data, file.pid()));
    }
}
