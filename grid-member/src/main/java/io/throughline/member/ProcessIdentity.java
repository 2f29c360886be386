package io.throughline.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process and no other: a pid is given to someone else once its process is gone, so a pid that was kept in a file
 * counts only together with the time at which its process started. A signal to one that is gone does nothing.
 *
 * @param started as the operating system tells it, in its own resolution (10 ms on Linux)
 */
public record ProcessIdentity(long pid, Instant started) {

    /** @throws IllegalStateException if the process is gone */
    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(
                process.pid(),
                process.info()
                        .startInstant()
                        .orElseThrow(() -> new IllegalStateException("process " + process.pid() + " is gone")));
    }

    public boolean isAlive() {
        return running().isPresent();
    }

    /** SIGTERM: asks it to end in order. */
    public void terminate() {
        running().ifPresent(ProcessHandle::destroy);
    }

    /** SIGKILL: it runs no further instruction. */
    public void kill() {
        running().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** SIGSTOP: it stands still, its connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void resume() {
        signal("CONT");
    }

    /** True if it ended within this time. */
    public boolean awaitEnd(Duration timeout) {
        Optional<ProcessHandle> process = running();
        if (process.isEmpty()) {
            return true;
        }
        try {
            process.get().onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("can't wait for process " + pid, e);
        }
    }

    private Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().startInstant().map(started::equals).orElse(false))
                .filter(process -> !isZombie());
    }

    /** Ended, but not waited for by its parent: where init doesn't do that, it stays so for ever. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false; // no such folder outside Linux, or just gone
        }
    }

    private void signal(String name) {
        if (!isAlive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + pid)
                    .redirectErrorStream(true)
                    .start();
            String complaint = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (kill.waitFor() != 0 && isAlive()) {
                throw new IllegalStateException("can't send SIG" + name + " to process " + pid + ": " + complaint);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't send SIG" + name + " to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
