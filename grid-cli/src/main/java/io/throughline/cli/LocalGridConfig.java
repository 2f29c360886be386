package io.throughline.cli;

import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.localpostgres.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to start and where. Begin with {@link #in}; each {@code with…} gives a changed copy.
 *
 * @param members 1 to 20; 3 have every entry three times
 * @param shards 1 to 64; can't be changed once the grid is made
 * @param heap of each member, as in -Xmx
 * @param jvmOptions of each member, more than it needs
 * @param firstPort where the search for the members' free ports begins
 * @param site where members are reached, and what else their JVMs get
 * @param startTimeout for each member, until it is ready
 */
public record LocalGridConfig(
        GridDirectory directory,
        int members,
        int shards,
        String heap,
        List<String> jvmOptions,
        int firstPort,
        MemberSite site,
        Duration startTimeout,
        Progress progress) {

    private static final int MOST_MEMBERS = 20;
    private static final int MOST_SHARDS = 64;

    public LocalGridConfig {
        jvmOptions = List.copyOf(jvmOptions);
        require(
                members >= 1 && members <= MOST_MEMBERS,
                "members is " + members + ", but must be 1 to " + MOST_MEMBERS);
        require(shards >= 1 && shards <= MOST_SHARDS, "shards is " + shards + ", but must be 1 to " + MOST_SHARDS);
        require(heap.matches("\\d+[kmgKMG]"), "heap is '" + heap + "', but must be like 512m or 2g");
    }

    /** Three members, two shards, silent. A grid that is there keeps its number of members and shards. */
    public static LocalGridConfig in(Path folder) {
        GridDirectory directory = GridDirectory.at(folder);
        Optional<GridState> made = directory.state();
        int members = made.map(state -> state.members().size())
                .filter(count -> count > 0)
                .orElse(3);
        int shards = made.map(state -> state.shards().size())
                .filter(count -> count > 0)
                .orElse(2);
        return new LocalGridConfig(
                directory,
                members,
                shards,
                "512m",
                List.of(),
                5701,
                MemberSite.LOOPBACK,
                Duration.ofSeconds(90),
                Progress.silent());
    }

    public LocalGridConfig withMembers(int count) {
        return new LocalGridConfig(directory, count, shards, heap, jvmOptions, firstPort, site, startTimeout, progress);
    }

    public LocalGridConfig withShards(int count) {
        return new LocalGridConfig(
                directory, members, count, heap, jvmOptions, firstPort, site, startTimeout, progress);
    }

    public LocalGridConfig withHeap(String size) {
        return new LocalGridConfig(
                directory, members, shards, size, jvmOptions, firstPort, site, startTimeout, progress);
    }

    public LocalGridConfig withJvmOptions(List<String> options) {
        return new LocalGridConfig(directory, members, shards, heap, options, firstPort, site, startTimeout, progress);
    }

    public LocalGridConfig withFirstPort(int port) {
        return new LocalGridConfig(directory, members, shards, heap, jvmOptions, port, site, startTimeout, progress);
    }

    public LocalGridConfig withSite(MemberSite where) {
        return new LocalGridConfig(
                directory, members, shards, heap, jvmOptions, firstPort, where, startTimeout, progress);
    }

    public LocalGridConfig withProgress(Progress listener) {
        return new LocalGridConfig(
                directory, members, shards, heap, jvmOptions, firstPort, site, startTimeout, listener);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new CommandFailed(ExitCode.USAGE, otherwise);
        }
    }
}
