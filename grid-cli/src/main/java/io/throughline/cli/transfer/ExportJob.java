package io.throughline.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.shards.ExportStatements;
import io.throughline.cli.shards.NodeConnections;
import io.throughline.cli.terminal.ProgressLine;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ShardConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of {@code ./grid export}: reads the shards, not the cache, in ranges of keys side by side. Each row is as it was
 * when its range was read.
 */
public final class ExportJob {

    private static final int ANSWER_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final GridConfig config;
    private final GridMapConfig map;
    private final Options options;
    private final NodeConnections connections;
    private final ExportStatements statements;
    private final Checkpoint checkpoint;
    private final Consumer<String> say;
    private final ProgressLine progress;

    /**
     * @param rangesOfAShard read side by side
     * @param restart whether a checkpoint is ignored, and a file that is there replaced
     */
    public record Options(FileFormat format, int rangesOfAShard, boolean restart) {}

    /** @param entries in the file, earlier runs included */
    public record Report(long entries, long bytes, double seconds) {}

    public ExportJob(
            Path file,
            GridConfig config,
            GridMapConfig map,
            Options options,
            Consumer<String> say,
            ProgressLine progress) {
        this.file = file;
        this.config = config;
        this.map = map;
        this.options = options;
        this.connections = NodeConnections.of(config);
        this.statements = new ExportStatements(map);
        this.checkpoint = Checkpoint.of(file);
        this.say = say;
        this.progress = progress;
    }

    /** Writes to {@code out} instead of the file, without a checkpoint. */
    public Report toStream(OutputStream out) {
        return run(ExportFile.standardOutput(out), start(), false);
    }

    public Report toFile() {
        try {
            ExportCheckpoint start = earlier().orElseGet(this::start);
            return run(ExportFile.open(file, start.bytes()), start, true);
        } catch (IOException e) {
            throw cantWrite(e);
        }
    }

    private CommandFailed cantWrite(IOException e) {
        return new CommandFailed(ExitCode.FAILED, file + " can't be written: " + e, e);
    }

    private Report run(ExportFile opened, ExportCheckpoint start, boolean resumable) {
        long begun = System.nanoTime();
        try (ExportFile output = opened) {
            EntryWriter writer = options.format().writer(MapFormat.of(map.valueFormat()));
            if (start.bytes() == 0) {
                output.write(writer.header());
            }
            ExportRun run =
                    new ExportRun(output, start, resumable ? Optional.of(checkpoint) : Optional.empty(), progress);
            run.run(number -> new RangeReader(
                    statements,
                    connections,
                    shard(start.ranges().get(number).range().shard()),
                    writer,
                    run.blocks(),
                    number,
                    start.ranges().get(number)));
            progress.end();
            if (resumable) {
                checkpoint.delete();
            }
            return new Report(run.entries(), output.flushed(), (System.nanoTime() - begun) / 1e9);
        } catch (IOException e) {
            throw cantWrite(e);
        }
    }

    private Optional<ExportCheckpoint> earlier() throws IOException {
        if (options.restart()) {
            checkpoint.delete();
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        Optional<JsonNode> content = checkpoint.read();
        if (content.isEmpty()) {
            if (Files.exists(file) && Files.size(file) > 0) {
                throw new CommandFailed(
                        ExitCode.FAILED, file + " is already there. Name another file, or replace it with --restart.");
            }
            return Optional.empty();
        }
        ExportCheckpoint found = ExportCheckpoint.of(content.get());
        boolean same = found.map().equals(map.name())
                && found.format().equals(options.format().name())
                && found.ranges().stream()
                        .allMatch(range ->
                                config.shardNames().contains(range.range().shard()))
                && Files.exists(file)
                && Files.size(file) >= found.bytes();
        if (!same) {
            throw new CommandFailed(
                    ExitCode.BAD_INPUT,
                    "The checkpoint " + checkpoint.file() + " is of another export (of map " + found.map() + " as "
                            + found.format() + "). Give --restart to begin from the start.");
        }
        say.accept(
                "going on behind " + found.entries() + " entries (" + checkpoint.file() + "; --restart begins anew)");
        return Optional.of(found);
    }

    private ExportCheckpoint start() {
        List<RangeProgress> ranges = new ArrayList<>();
        for (ShardConfig shard : config.shards()) {
            rangesOf(shard).forEach(range -> ranges.add(RangeProgress.none(range)));
        }
        return new ExportCheckpoint(map.name(), options.format().name(), 0, 0, ranges);
    }

    private List<KeyRange> rangesOf(ShardConfig shard) {
        try (Connection connection = connections.primary(shard, ANSWER_SECONDS, PATIENCE)) {
            long rows = statements.estimatedRows(connection);
            return KeyRange.split(shard.name(), statements.sampleOfKeys(connection, rows), options.rangesOfAShard());
        } catch (SQLException e) {
            throw new CommandFailed(ExitCode.FAILED, shard.name() + " can't be read: " + e.getMessage(), e);
        }
    }

    private ShardConfig shard(String name) {
        return config.shards().stream()
                .filter(shard -> shard.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
