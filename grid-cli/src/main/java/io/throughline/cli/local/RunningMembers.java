package io.throughline.cli.local;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.LocalGridConfig;
import io.throughline.cli.folder.GridState;
import io.throughline.member.JvmFlags;
import io.throughline.member.MemberNotReadyException;
import io.throughline.member.MemberProcess;
import io.throughline.member.MemberProcessBuilder;
import io.throughline.member.MemberState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The members' processes, each with an address that it keeps when it is started again. Thread-safe. */
public final class RunningMembers {

    private static final String PREFIX = "member-";
    private static final Duration LOOK_FOR = Duration.ofSeconds(1);
    private static final long LOOK_EVERY_NANOS = 20_000_000L;

    private final LocalGridConfig config;
    private final List<Integer> ports;
    private final List<String> addresses;
    private final Map<Integer, MemberProcess> processes = new ConcurrentSkipListMap<>();

    RunningMembers(LocalGridConfig config, List<Integer> ports) {
        this.config = config;
        this.ports = List.copyOf(ports);
        this.addresses = config.site().addresses(this.ports);
    }

    /** {@code host:port} of each, running or not. */
    public List<String> addresses() {
        return addresses;
    }

    /** In the order of their names. */
    public List<MemberProcess> all() {
        return List.copyOf(processes.values());
    }

    public MemberProcess named(String name) {
        return all().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no member named " + name));
    }

    /**
     * The first one alone and the others once it has joined: members that start together and don't wait for each other
     * could form two clusters, to be merged minutes later.
     *
     * @param goOn called between steps; throws to give up
     */
    void startAll(Runnable goOn) {
        awaitJoined(start(0), goOn);
        for (int index = 1; index < ports.size(); index++) {
            start(index);
        }
    }

    /** A member that ends instead is found by whoever waits for it to be ready. */
    private void awaitJoined(MemberProcess member, Runnable goOn) {
        long deadline = System.nanoTime() + config.startTimeout().toNanos();
        while (member.isAlive() && !member.hasJoined() && System.nanoTime() - deadline < 0) {
            goOn.run();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /**
     * Returns when all are ready.
     *
     * @param goOn called now and then; throws to give up
     * @param ready told each as it is
     */
    void awaitReady(Runnable goOn, Consumer<MemberProcess> ready) {
        for (MemberProcess member : all()) {
            long deadline = System.nanoTime() + config.startTimeout().toNanos();
            while (!isReady(member, deadline)) {
                goOn.run();
            }
            ready.accept(member);
        }
    }

    /** Looks for a second at most, so that a Ctrl-C needn't wait for a member that takes its time. */
    private boolean isReady(MemberProcess member, long deadline) {
        try {
            member.awaitReady(LOOK_FOR);
            return true;
        } catch (MemberNotReadyException e) {
            if (!member.isAlive()) {
                throw e;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "Given up after " + config.startTimeout().toSeconds() + " s; the last look: " + e.getMessage(),
                        e);
            }
            return false;
        }
    }

    public String addressOf(MemberProcess member) {
        return addresses.get(indexOf(member.name()));
    }

    private static int indexOf(String name) {
        return Integer.parseInt(name.substring(PREFIX.length())) - 1;
    }

    /** Starts one that has ended. */
    public MemberProcess restart(String name) {
        MemberProcess ended = named(name);
        if (ended.isAlive()) {
            throw new IllegalStateException(ended + " runs");
        }
        return start(indexOf(name));
    }

    private MemberProcess start(int index) {
        String name = PREFIX + (index + 1);
        MemberProcessBuilder builder = MemberProcess.builder(config.directory().config())
                .name(name)
                .home(config.directory().member(name))
                .port(ports.get(index))
                .members(addresses)
                .heap(config.heap());
        JvmFlags.sharingCores(ports.size()).forEach(builder::jvmOption);
        String archive = System.getProperty("throughline.archive", "");
        if (!archive.isEmpty()) {
            builder.sharedArchive(Path.of(archive));
        }
        config.jvmOptions().forEach(builder::jvmOption);
        config.site().furnish(index + 1, builder);
        MemberProcess member = builder.start();
        processes.put(index, member);
        return member;
    }

    /** As they are now; those that were not yet started without a process. */
    List<GridState.Member> look() {
        return IntStream.range(0, ports.size())
                .mapToObj(index -> {
                    MemberProcess process = processes.get(index);
                    String name = PREFIX + (index + 1);
                    return process == null || !process.isAlive()
                            ? new GridState.Member(name, addresses.get(index), "", 0)
                            : new GridState.Member(
                                    name,
                                    addresses.get(index),
                                    process.state().map(MemberState::health).orElse(""),
                                    process.pid());
                })
                .toList();
    }

    /** One after the other, so that each hands over to those that stay. */
    void stopAll() {
        all().forEach(MemberProcess::close);
    }
}
