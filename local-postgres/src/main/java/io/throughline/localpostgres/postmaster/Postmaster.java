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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Starts and ends the server of one data folder. Signals may be sent while another thread starts or stops it. */
public final class Postmaster {

    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(3);
    private static final Duration END = Duration.ofSeconds(10);

    private final String id;
    private final NodeFolder folder;
    private final Binaries binaries;
    private final Account account;
    private final Platform platform;
    private final ServerProcesses processes;
    private volatile boolean barred;

    public Postmaster(String id, NodeFolder folder, Binaries binaries, Account account, Platform platform) {
        this.id = id;
        this.folder = folder;
        this.binaries = binaries;
        this.account = account;
        this.platform = platform;
        this.processes = new ServerProcesses(folder.data(), platform);
    }

    public ServerProcesses processes() {
        return processes;
    }

    /** No start succeeds from now on, and one that waits gives up. */
    public void bar() {
        barred = true;
    }

    /**
     * Starts the server and waits until it takes connections. Whatever ran on the folder before must have ended.
     *
     * @param worthwhile asked again and again; the start is given up when it no longer is
     */
    public void start(int port, Duration patience, BooleanSupplier worthwhile) {
        forgetDeadPid();
        ServerLog log = new ServerLog(folder.log());
        long position = log.begin(account);
        Process started = launch(port);
        Waiting waiting = new Waiting(patience);
        while (!processes.readyOn(port)) {
            if (!started.isAlive()) {
                throw StartFailure.of(id, port, folder, log.since(position));
            }
            boolean brokenOff = barred || !worthwhile.getAsBoolean();
            if (brokenOff || !waiting.goesOn()) {
                end();
                throw gaveUp(brokenOff, patience);
            }
        }
    }

    private LocalPostgresException gaveUp(boolean brokenOff, Duration patience) {
        if (brokenOff || Thread.currentThread().isInterrupted()) {
            return new LocalPostgresException(Code.CLOSED, "The start of " + id + " was broken off.");
        }
        return new LocalPostgresException(
                Code.TIMED_OUT,
                id + " did not take connections within " + patience.toSeconds() + " s and was ended. See "
                        + folder.log());
    }

    /**
     * A pid file whose process is dead can block a start: its pid may belong to another of our servers by now, or to a
     * zombie. It may go only when no child of the dead one still uses the folder.
     */
    private void forgetDeadPid() {
        List<Long> left = processes.all();
        if (!left.isEmpty()) {
            throw new LocalPostgresException(
                    Code.ALREADY_RUNNING,
                    "PostgreSQL processes " + left + " run on " + folder.data() + ". Stop them first.");
        }
        try {
            Files.deleteIfExists(PidFile.in(folder.data()));
        } catch (IOException failure) {
            throw FolderFailure.of(folder.data(), failure);
        }
    }

    private Process launch(int port) {
        List<String> command = account.command(
                List.of(binaries.postgres().toString(), "-D", folder.data().toString(), "-p", Integer.toString(port)));
        try {
            return Environment.clean(new ProcessBuilder(platform.detached(command)))
                    .directory(new File("/"))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException failure) {
            throw new LocalPostgresException(Code.START_FAILED, id + " could not be started: " + failure, failure);
        }
    }

    /** Stops it in order; one that doesn't within this time is stopped at once and recovers at its next start. */
    public void stop(Duration patience) {
        resume();
        processes.signalPostmaster(Signal.INT);
        if (!gone(patience)) {
            processes.signalPostmaster(Signal.QUIT);
            if (!gone(IMMEDIATE_STOP)) {
                end();
            }
        }
    }

    /** Ends the server and its children with SIGKILL, and returns when none of them is left. No interrupt stops it. */
    public void end() {
        boolean interrupted = Thread.interrupted();
        try {
            Waiting waiting = new Waiting(END);
            do {
                // The postmaster first: it must not make new children, nor start over because one of them died.
                processes.signalPostmaster(Signal.KILL);
                processes.signalAll(Signal.KILL);
            } while (!processes.all().isEmpty() && waiting.goesOn());
            requireEnded();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void requireEnded() {
        List<Long> left = processes.all();
        if (!left.isEmpty()) {
            throw new LocalPostgresException(
                    Code.ALREADY_RUNNING, "The processes " + left + " of " + id + " could not be ended.");
        }
    }

    /** Freezes the server and its children, as a machine that stalls does. */
    public void pause() {
        processes.signalPostmaster(Signal.STOP);
        processes.signalAll(Signal.STOP);
    }

    /** Freezes some of the server's children. */
    public void pause(Set<Long> children) {
        processes.signal(Signal.STOP, children);
    }

    public void resume() {
        if (!platform.linux() || processes.anyPaused()) {
            processes.signalAll(Signal.CONT);
        }
    }

    /** Has it read its settings again. */
    public void reload() {
        processes.signalPostmaster(Signal.HUP);
    }

    private boolean gone(Duration patience) {
        Waiting waiting = new Waiting(patience);
        while (!processes.all().isEmpty()) {
            if (!waiting.goesOn()) {
                return false;
            }
        }
        return true;
    }
}
