package io.throughline.cli;

import com.hazelcast.client.config.ClientConfig;
import io.throughline.cli.client.GridClients;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState.Phase;
import io.throughline.cli.local.GridParts;
import io.throughline.cli.local.GridStart;
import io.throughline.localpostgres.LocalShards;
import io.throughline.member.MemberProcess;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A whole grid on this machine: PostgreSQL shards and members in JVMs of their own, for {@code ./grid up}, for benchmarks
 * and for tests. What ends isn't started again by itself; {@code up} adds a watch for that. Thread-safe.
 *
 * <pre>{@code
 * try (LocalGrid grid = LocalGrid.start(LocalGridConfig.in(folder))) {
 *     HazelcastInstance client = HazelcastClient.newHazelcastClient(grid.clientConfig());
 * }
 * }</pre>
 */
public final class LocalGrid implements AutoCloseable {

    private final GridParts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalGrid(GridParts parts) {
        this.parts = parts;
    }

    /**
     * Returns when every member is ready: joined, safe, every shard writable. Members that an earlier process left behind
     * in this folder are stopped first.
     *
     * @throws CommandFailed with the cause and the way out; nothing that was started keeps running
     */
    public static LocalGrid start(LocalGridConfig config) {
        return start(config, () -> false);
    }

    /** @param cancelled looked at between steps; once true, what was started is stopped and CommandFailed thrown */
    public static LocalGrid start(LocalGridConfig config, BooleanSupplier cancelled) {
        return new LocalGrid(new GridStart(config, cancelled).run());
    }

    public GridDirectory directory() {
        return parts.directory();
    }

    public LocalShards shards() {
        return parts.shards();
    }

    /** In the order of their names; some may have ended. */
    public List<MemberProcess> members() {
        return parts.members().all();
    }

    /** @throws IllegalArgumentException if there is no such member */
    public MemberProcess member(String name) {
        return parts.members().named(name);
    }

    /**
     * Starts a member that has ended, at the address that it had. Doesn't wait until it is ready.
     *
     * @throws IllegalStateException if it runs
     */
    public MemberProcess restart(String name) {
        MemberProcess member = parts.members().restart(name);
        remember();
        return member;
    }

    /** For clients that connect to every member. */
    public ClientConfig clientConfig() {
        return GridClients.config(parts.members().addresses());
    }

    /** Writes grid.json anew if what it says has changed, such as a process id. */
    public void remember() {
        if (!closed.get()) {
            parts.remember(Phase.RUNNING);
        }
    }

    /** Members first, then shards, each in order. Does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.stop();
        }
    }
}
