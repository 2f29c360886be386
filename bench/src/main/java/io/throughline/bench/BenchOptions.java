package io.throughline.bench;

import io.throughline.bench.compare.Plan;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.sizing.ByteCount;
import io.throughline.cli.sizing.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to measure; a picocli mixin. */
public final class BenchOptions {

    /** What the rows of all keys may take together, where nothing else is asked for. */
    private static final long ROWS_BYTES = 64L << 20;

    private static final int USUAL_KEYS = 100_000;
    private static final int MOST_KEYS = 50_000_000;
    private static final int SMALLEST_VALUE = 64;
    private static final int MOST_ROUNDS = 100;
    private static final double SHORTEST_SECONDS = 0.1;
    private static final double LONGEST_SECONDS = 3_600;
    private static final int MOST_CALLERS = 16_384;
    private static final int MOST_CONNECTIONS = 180;
    private static final int MOST_MEMBER_CONNECTIONS = MOST_CONNECTIONS / 3;
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,6}[kKmMgG]");
    private static final int MOST_SHARDS = 8;
    private static final int MOST_PARTITIONS = 9_999;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "PEER",
            defaultValue = "throughline,mapstore,mapstore-271,jdbc,batches,empty",
            description = "Which peers, as --list shows them, or all. Default: ${DEFAULT-VALUE}")
    private List<String> peers = List.of();

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "WORKLOAD",
            defaultValue = "put",
            description = "What callers do, as --list shows it, or all. Default: put")
    private List<String> workloads = List.of();

    @Option(
            names = "--in-flight",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,16,64,256,1024",
            description = "Callers, each with one operation at a time. Default: ${DEFAULT-VALUE}")
    private List<Integer> inFlight = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "In each, every peer has its turn, another one first, every second time backwards. Default: 5")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long each number of callers is measured. Default: 5")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "150s",
            description =
                    "How long each peer is loaded before it is measured, as its JVMs are new: the compiler of members on two"
                            + " cores is busy for some minutes. Default: 150s")
    private String warmUp = "150s";

    @Option(
            names = "--value-size",
            paramLabel = "SIZE",
            defaultValue = "200",
            description = "Bytes of each value, as 200 or 16KiB. Default: 200")
    private String valueBytes = "200";

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "2",
            description = "Shards, of three servers each. Default: 2")
    private int shards;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "271",
            description = "Partitions, in which keys are written one after the other. Default: 271, as it ships")
    private int partitions;

    @Option(
            names = "--keys",
            paramLabel = "N",
            description = "Keys, all of them on the shards beforehand. Default: 100000, or as many as take 64 MiB")
    private @Nullable Integer keys;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Of each member, as in -Xmx. Default: 512m, as ./grid up has it")
    private String heap = "512m";

    @Option(
            names = "--member-connections",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of each peer's member to each shard. Default: 5, as Throughline's pool-size")
    private int memberConnections;

    @Option(
            names = "--direct-connections",
            paramLabel = "N",
            defaultValue = "160",
            description = "Of peers without a grid, to all shards together. Default: 160")
    private int directConnections;

    /** @throws CommandFailed if an option is out of its range */
    Plan plan() {
        require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds is 1 to " + MOST_ROUNDS);
        require(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS, "--seconds is 0.1 to 3600");
        require(
                inFlight.stream().allMatch(count -> count >= 1 && count <= MOST_CALLERS),
                "--in-flight is 1 to " + MOST_CALLERS);
        require(shards >= 1 && shards <= MOST_SHARDS, "--shards is 1 to " + MOST_SHARDS);
        require(
                partitions >= shards && partitions <= MOST_PARTITIONS,
                "--partitions is --shards to " + MOST_PARTITIONS);
        require(
                memberConnections >= 1 && memberConnections <= MOST_MEMBER_CONNECTIONS,
                "--member-connections is 1 to " + MOST_MEMBER_CONNECTIONS);
        require(
                directConnections >= shards && directConnections <= MOST_CONNECTIONS * shards,
                "--direct-connections is --shards to " + MOST_CONNECTIONS + " for each shard");
        require(HEAP.matcher(heap).matches(), "--heap is as in -Xmx, such as 512m, not '" + heap + "'");
        long bytes = parsed("--value-size", () -> ByteCount.parse(valueBytes).bytes());
        require(bytes >= SMALLEST_VALUE && bytes <= 1 << 20, "--value-size is " + SMALLEST_VALUE + " to 1 MiB");
        int keyCount = keys == null ? (int) Math.max(4_096, Math.min(USUAL_KEYS, ROWS_BYTES / bytes)) : keys;
        int callers = inFlight.stream().mapToInt(Integer::intValue).max().orElse(1);
        require(
                keyCount >= 2 * callers && keyCount <= MOST_KEYS,
                "--keys is at least twice --in-flight, as each key takes one put at a time, and " + MOST_KEYS
                        + " at most");
        List<Workload> wanted = named(workloads, Workload::named, Workload.values(), "--workloads");
        require(
                !wanted.contains(Workload.OPEN_80)
                        || wanted.subList(0, wanted.indexOf(Workload.OPEN_80)).contains(Workload.PUT),
                "--workloads: open-80 comes after put, whose most it is a share of");
        return new Plan(
                named(peers, Peer::named, Peer.values(), "--peers"),
                wanted,
                inFlight.stream().distinct().toList(),
                rounds,
                duration("--warm-up", warmUp),
                Duration.ofMillis(Math.round(seconds * 1e3)),
                shards,
                partitions,
                keyCount,
                (int) bytes,
                heap,
                memberConnections,
                directConnections);
    }

    private static <T> List<T> named(List<String> ids, Function<String, Optional<T>> find, T[] all, String option) {
        if (ids.contains("all")) {
            return List.of(all);
        }
        List<T> found = new ArrayList<>();
        for (String id : ids) {
            found.add(find.apply(id)
                    .orElseThrow(() -> new CommandFailed(
                            ExitCode.USAGE, option + ": there is no '" + id + "'; see ./grid bench --list")));
        }
        return found.stream().distinct().toList();
    }

    private static Duration duration(String option, String text) {
        Duration duration = parsed(option, () -> TimeSpan.parse(text).duration());
        require(
                duration.toMillis() >= 100 && duration.toMinutes() <= 60,
                option + " is 100ms to 1h, not '" + text + "'");
        return duration;
    }

    private static <T> T parsed(String option, java.util.function.Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, option + ": " + e.getMessage(), e);
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new CommandFailed(ExitCode.USAGE, otherwise + ".");
        }
    }
}
