package io.throughline.member;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A member in a JVM of its own, for ./grid and for tests. Its output is in a log file; it goes on if this JVM ends, and a
 * Ctrl-C in the terminal doesn't reach it. Thread-safe.
 */
public final class MemberProcess implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final ProcessIdentity identity;
    private final Path log;
    private final Path stateFile;
    private final CompletableFuture<Integer> exitCode;
    private volatile boolean paused;

    MemberProcess(String name, Process process, Path log, Path stateFile) {
        this.name = name;
        this.process = process;
        this.identity = ProcessIdentity.of(process.toHandle());
        this.log = log;
        this.stateFile = stateFile;
        this.exitCode = process.onExit().thenApply(Process::exitValue);
    }

    /** @param configDirectory holds hazelcast.yaml and throughline.yaml */
    public static MemberProcessBuilder builder(Path configDirectory) {
        return new MemberProcessBuilder(configDirectory);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return identity.pid();
    }

    /** To be kept where another process can signal this member later. */
    public ProcessIdentity identity() {
        return identity;
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return identity.isAlive();
    }

    /** Completes when the process has ended: an {@link ExitCode}'s status, or 128 + the signal that killed it. */
    public CompletableFuture<Integer> exitCode() {
        return exitCode.copy();
    }

    /**
     * Returns once the member has joined, the cluster is safe and every shard takes writes.
     *
     * @throws MemberNotReadyException if it ended, or isn't ready in time; the message says why
     */
    public MemberProcess awaitReady(Duration timeout) {
        new ReadyWait(this).untilReady(timeout);
        return this;
    }

    /**
     * Returns once the member has joined. Who starts several members of a new grid waits for the first in this way and
     * then starts the others: members that start at the same moment may each believe to be the first.
     *
     * @throws MemberNotReadyException if it ended, or hasn't joined in time; the message says why
     */
    public MemberProcess awaitJoined(Duration timeout) {
        new ReadyWait(this).untilJoined(timeout);
        return this;
    }

    /** What the member tells about itself; empty in the first moments. */
    public Optional<MemberState> state() {
        return MemberState.read(stateFile).filter(state -> state.pid() == pid());
    }

    /** Whether it was in the cluster at some time since it started. */
    public boolean hasJoined() {
        return joinedAs().isPresent();
    }

    /**
     * The member's {@code host:port}.
     *
     * @throws IllegalStateException if it hasn't joined yet
     */
    public String address() {
        return joinedAs().orElseThrow(() -> new IllegalStateException(name + " hasn't joined yet, see " + log));
    }

    private Optional<String> joinedAs() {
        return state().map(MemberState::member).filter(address -> !address.isEmpty());
    }

    /**
     * Where {@code /health/live}, {@code /health/ready} and {@code /metrics} are.
     *
     * @throws IllegalStateException if they aren't served yet
     */
    public URI healthUrl() {
        return state().map(state -> URI.create(state.health()))
                .orElseThrow(() -> new IllegalStateException(name + " doesn't serve its health yet, see " + log));
    }

    /** SIGTERM: the member hands its partitions over and ends. Doesn't wait; see {@link #exitCode}. */
    public void terminate() {
        identity.terminate();
    }

    /** SIGKILL. Returns when the process is gone. */
    public void kill() {
        identity.kill();
        exitCode.join();
    }

    /** SIGSTOP: the member stands still, its connections stay open. */
    public void pause() {
        identity.pause();
        paused = true;
    }

    /** SIGCONT. */
    public void resume() {
        identity.resume();
        paused = false;
    }

    /** Whether {@link #pause} was the last that was done to it. */
    public boolean isPaused() {
        return paused;
    }

    /** Leaves in order; a member that doesn't manage that in 90 s is killed. */
    @Override
    public void close() {
        resume();
        terminate();
        try {
            if (!process.waitFor(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + " (pid " + pid() + ")";
    }
}
