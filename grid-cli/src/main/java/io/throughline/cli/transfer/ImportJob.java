package io.throughline.cli.transfer;

import com.hazelcast.map.IMap;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.terminal.ProgressLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of {@code ./grid import}. */
public final class ImportJob {

    private static final long CHECKPOINT_EVERY_NANOS = 1_000_000_000L;

    private final ImportFile file;
    private final IMap<String, Object> map;
    private final Options options;
    private final ImportCheckpoint checkpoint;
    private final Consumer<String> say;
    private final ProgressLine progress;
    private long size;
    private long lastCheckpoint = System.nanoTime();

    /**
     * @param inFlight entries under way at once
     * @param skipBad whether malformed and refused entries are named and left out, instead of ending the import
     * @param restart whether a checkpoint is ignored
     * @param retryFor how long an entry is tried while the grid can't take it
     */
    public record Options(int inFlight, boolean skipBad, boolean restart, Duration retryFor) {}

    /** @param written in this run */
    public record Report(long written, long skipped, long fromLine, double seconds) {}

    public ImportJob(
            Path file,
            FileFormat fileFormat,
            MapFormat values,
            String keyColumn,
            String valueColumn,
            IMap<String, Object> map,
            Options options,
            Consumer<String> say,
            ProgressLine progress) {
        this.file = new ImportFile(file, fileFormat, values, keyColumn, valueColumn);
        this.map = map;
        this.options = options;
        this.checkpoint = new ImportCheckpoint(this.file, map.getName());
        this.say = say;
        this.progress = progress;
    }

    /** @throws CommandFailed if it ended before the file did; the message says how to go on */
    public Report run() {
        long begun = System.nanoTime();
        try (InputStream in = file.open()) {
            size = file.size();
            Position start = start();
            BadLines badLines = new BadLines(say);
            EntryReader entries = reader(in, start);
            try (Importer importer = new Importer(
                    map::setAsync,
                    file.values(),
                    options.inFlight(),
                    options.skipBad(),
                    options.retryFor(),
                    badLines,
                    start)) {
                Optional<Stop> stop = importer.run(entries, () -> moved(importer));
                progress.end();
                finish(stop, importer);
                double seconds = (System.nanoTime() - begun) / 1e9;
                return new Report(importer.written(), badLines.count(), start.line(), seconds);
            }
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, file.file() + " can't be read: " + e, e);
        }
    }

    private Position start() throws IOException {
        if (file.isStandardInput()) {
            return Position.START;
        }
        if (options.restart()) {
            checkpoint.delete();
        }
        Optional<Position> earlier = checkpoint.read();
        earlier.ifPresent(position -> say.accept(
                "going on from line " + position.line() + " (" + checkpoint.path() + "; --restart begins anew)"));
        return earlier.orElse(Position.START);
    }

    private EntryReader reader(InputStream in, Position start) throws IOException {
        try {
            return file.reader(in, start);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.BAD_INPUT, file.file() + ", line 1: " + e.getMessage(), e);
        }
    }

    private void moved(Importer importer) throws IOException {
        progress.update(importer.position().offset(), size, importer.written());
        if (!file.isStandardInput() && System.nanoTime() - lastCheckpoint > CHECKPOINT_EVERY_NANOS) {
            checkpoint.write(importer.position());
            lastCheckpoint = System.nanoTime();
        }
    }

    private void finish(Optional<Stop> stop, Importer importer) throws IOException {
        if (stop.isEmpty()) {
            if (!file.isStandardInput() && Files.exists(checkpoint.path())) {
                checkpoint.delete();
            }
            return;
        }
        String goOn = file.isStandardInput()
                ? ""
                : " The same command goes on from line " + importer.position().line()
                        + (stop.get().exitCode() == ExitCode.BAD_INPUT
                                ? "; --skip-bad leaves out what is malformed."
                                : ".");
        if (!file.isStandardInput()) {
            checkpoint.write(importer.position());
        }
        throw new CommandFailed(
                stop.get().exitCode(),
                file.file() + ", " + stop.get().message() + ". " + importer.written() + " entries were written."
                        + goOn);
    }
}
