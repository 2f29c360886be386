package io.throughline.localpostgres.postmaster;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.account.Account;
import io.throughline.localpostgres.binaries.Binaries;
import io.throughline.localpostgres.binaries.Platform;
import io.throughline.localpostgres.folder.FolderFailure;
import io.throughline.localpostgres.folder.NodeFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server of one data folder. It keeps no pid: each call finds the process anew and checks that it is this folder's,
 * so a server that an earlier JVM started (and did not live to stop) is treated like any other. Thread-safe; signals may
 * be sent while another thread starts or stops it.
 */
public final class Postmaster {

    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(3);
    private static final Duration END = Duration.ofSeconds(10);

    private final String id;
    private final NodeFolder folder;
    private final Binaries binaries;
    private final Account account;
    private final Platform platform;
    private final ProcessTable processes;

    public Postmaster(String id, NodeFolder folder, Binaries binaries, Account account, Platform platform) {
        this.id = id;
        this.folder = folder;
        this.binaries = binaries;
        this.account = account;
        this.platform = platform;
        this.processes = ProcessTable.of(platform);
    }

    /** The process id, 0 where none runs. */
    public long pid() {
        return running().map(PidFile::pid).orElse(0L);
    }

    public boolean runs() {
        return running().isPresent();
    }

    public boolean paused() {
        return running().filter(file -> processes.paused(file.pid())).isPresent();
    }

    /** Whether it runs on this port and takes connections, as far as it says so itself. */
    public boolean readyOn(int port) {
        return running().filter(file -> file.ready() && file.port() == port).isPresent();
    }

    private Optional<PidFile> running() {
        return PidFile.read(folder.data()).filter(file -> processes.runsOn(folder.data(), file.pid()));
    }

    /** Starts the server and waits until it takes connections. Whatever ran on the folder before must have ended. */
    public void start(int port, Duration patience) {
        forgetDeadPid();
        ServerLog log = new ServerLog(folder.log());
        long position = log.begin(account);
        Process started = launch(port);
        Waiting waiting = new Waiting(patience);
        while (!readyOn(port)) {
            if (!started.isAlive()) {
                throw StartFailure.of(id, port, folder.data(), folder.log(), log.since(position));
            }
            if (!waiting.goesOn()) {
                end();
                throw new LocalPostgresException(
                        Code.TIMED_OUT,
                        id + " did not take connections within " + patience.toSeconds() + " s and was ended. See "
                                + folder.log());
            }
        }
    }

    /**
     * A pid file whose process is dead can block a start: its pid may belong to another of our servers by now, or to a
     * zombie. It may go only when no child of the dead one still uses the folder.
     */
    private void forgetDeadPid() {
        if (!processes.on(folder.data()).isEmpty()) {
            throw new LocalPostgresException(
                    Code.ALREADY_RUNNING,
                    "PostgreSQL processes " + processes.on(folder.data()) + " run on " + folder.data()
                            + ". Stop them first.");
        }
        try {
            Files.deleteIfExists(PidFile.in(folder.data()));
        } catch (IOException failure) {
            throw FolderFailure.of(folder.data(), failure);
        }
    }

    private Process launch(int port) {
        List<String> command = new ArrayList<>(account.command(
                List.of(binaries.postgres().toString(), "-D", folder.data().toString(), "-p", Integer.toString(port))));
        File log = folder.log().toFile();
        try {
            return Environment.clean(new ProcessBuilder(platform.detached(command)))
                    .directory(Path.of("/").toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException failure) {
            throw new LocalPostgresException(Code.START_FAILED, id + " could not be started: " + failure, failure);
        }
    }

    /** Stops it in order; one that doesn't within this time is stopped at once and recovers at its next start. */
    public void stop(Duration patience) {
        resume();
        signal(Signal.INT);
        if (!gone(patience)) {
            signal(Signal.QUIT);
            if (!gone(IMMEDIATE_STOP)) {
                end();
            }
        }
    }

    /** Ends the server and its children with SIGKILL, and returns when none of them is left. */
    public void end() {
        Waiting waiting = new Waiting(END);
        do {
            // The postmaster first: it must not make new children, nor start over because one of them died.
            signal(Signal.KILL);
            Signal.KILL.send(processes.on(folder.data()));
        } while (!processes.on(folder.data()).isEmpty() && waiting.goesOn());
        List<Long> left = processes.on(folder.data());
        if (!left.isEmpty()) {
            throw new LocalPostgresException(
                    Code.ALREADY_RUNNING, "The processes " + left + " of " + id + " could not be ended.");
        }
    }

    /** Freezes the server and its children, as a machine that stalls does. */
    public void pause() {
        signal(Signal.STOP);
        Signal.STOP.send(processes.on(folder.data()));
    }

    public void resume() {
        if (processes.on(folder.data()).stream().anyMatch(processes::paused) || !platform.linux()) {
            Signal.CONT.send(processes.on(folder.data()));
        }
    }

    /** Has it read its settings again. */
    public void reload() {
        signal(Signal.HUP);
    }

    private void signal(Signal signal) {
        running().ifPresent(file -> signal.send(List.of(file.pid())));
    }

    private boolean gone(Duration patience) {
        Waiting waiting = new Waiting(patience);
        while (!processes.on(folder.data()).isEmpty()) {
            if (!waiting.goesOn()) {
                return false;
            }
        }
        return true;
    }
}
