package io.throughline.bench;

import io.throughline.bench.generator.Dataset;
import io.throughline.bench.generator.HotKeys;
import io.throughline.bench.generator.LoadShape;
import io.throughline.bench.grid.ValueForm;
import io.throughline.bench.ledger.KeyNames;
import io.throughline.bench.ledger.StampedValues;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.sizing.ByteCount;
import io.throughline.cli.sizing.TimeSpan;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What load to make; a picocli mixin. */
public final class LoadOptions {

    private static final int SHORTEST_VALUE = StampedValues.shortest(new KeyNames("xxxxxx", 1));
    private static final double HIGHEST_READ_SHARE = 0.99;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "2500", description = "Puts a second. Default: 2500")
    private double rate;

    @Option(names = "--duration", paramLabel = "TIME", defaultValue = "60s", description = "How long. Default: 60s")
    private String duration = "60s";

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to load before measuring, as this JVM and the members' compile what they run often."
                    + " Its writes and reads are in the proof. Default: 10s")
    private String warmUp = "10s";

    @Option(
            names = "--read-share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Share of gets among all operations. Default: 0.5, as many gets as puts")
    private double readShare;

    @Option(
            names = "--recent-share",
            paramLabel = "SHARE",
            defaultValue = "0.9",
            description = "Share of gets that go to one of the last 1,024 keys put; the others go to any key that the"
                    + " run has put. Default: 0.9")
    private double recentShare;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "100000", description = "Keys. Default: 100000")
    private int keys;

    @Option(
            names = "--hot",
            paramLabel = "KEYS:SHARE",
            description = "So many keys get this share of the puts, as 100:0.5. A key takes one put at a time: one that"
                    + " finds all hot keys busy goes to another. Default: all keys alike")
    private @Nullable String hot;

    @Option(
            names = "--value-bytes",
            paramLabel = "SIZE",
            defaultValue = "200",
            description = "Bytes of each value, as 200 or 16KiB. Default: 200")
    private String valueBytes = "200";

    @Option(names = "--map", paramLabel = "MAP", defaultValue = "kv", description = "The map. Default: kv")
    private String map = "kv";

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "2048",
            description = "At most so many puts, and so many gets, are under way; past it they wait in a backlog."
                    + " Default: 2048")
    private int inFlight;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed makes the same load. Default: another each time; it is printed")
    private @Nullable Long seed;

    @Option(
            names = "--find-max",
            description = "Search for the highest rate that is held: from --rate on double, then bisect; then run it"
                    + " for --duration")
    private boolean findMax;

    @Option(
            names = "--search-step",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long each rate of the search is tried. Default: 10s")
    private String searchStep = "10s";

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long the proof waits for nodes that are down or behind. Default: 60s")
    private String patience = "60s";

    /** @throws CommandFailed if an option is out of its range */
    LoadPlan plan() {
        require(rate > 0 && rate <= 1e6, "--rate is above 0 and at most 1000000");
        require(readShare >= 0 && readShare <= HIGHEST_READ_SHARE, "--read-share is 0 to " + HIGHEST_READ_SHARE);
        require(recentShare >= 0 && recentShare <= 1, "--recent-share is 0 to 1");
        require(keys >= 1 && keys <= KeyNames.MAX_KEYS, "--keys is 1 to " + KeyNames.MAX_KEYS);
        require(inFlight >= 1, "--in-flight is 1 or more");
        try {
            HotKeys hotKeys = hot == null ? HotKeys.NONE : HotKeys.parse(hot);
            require(hotKeys.keys() < keys, "--hot names fewer keys than --keys");
            TimeSpan span = TimeSpan.parse(duration);
            TimeSpan step = TimeSpan.parse(searchStep);
            require(!span.duration().isZero() && !step.duration().isZero(), "--duration and --search-step are above 0");
            Dataset dataset = new Dataset(
                    keys,
                    (int) Math.min(
                            Integer.MAX_VALUE, ByteCount.parse(valueBytes).bytes()),
                    hotKeys,
                    recentShare,
                    seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed);
            return new LoadPlan(
                    new LoadShape(rate, readShare, span.duration(), inFlight),
                    dataset,
                    TimeSpan.parse(warmUp).duration(),
                    findMax,
                    step.duration(),
                    TimeSpan.parse(patience).duration());
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws CommandFailed if the grid has no such map, or it doesn't take such values */
    GridMapConfig map(GridConfig config) {
        GridMapConfig found = config.map(map)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "There is no map '" + map + "' in " + config.file() + ", which has "
                                + config.maps().stream()
                                        .map(GridMapConfig::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
        long bytes = ByteCount.parse(valueBytes).bytes();
        int shortest = SHORTEST_VALUE + ValueForm.of(found.valueFormat()).extraBytes();
        require(
                bytes >= shortest && bytes <= found.maxValueBytes(),
                "--value-bytes is " + shortest + " (key, version and checksum) to " + found.maxValueBytes()
                        + " (max-value-bytes of the map '" + map + "')");
        return found;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new CommandFailed(ExitCode.USAGE, otherwise + ".");
        }
    }
}
