package io.throughline.cli.transfer;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.terminal.ProgressLine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Readers of all ranges on one side, the one writer of the file on the other. One use. */
final class ExportRun {

    private static final int BLOCKS_WAITING = 16;
    private static final long CHECKPOINT_EVERY_NANOS = 1_000_000_000L;
    private static final long LOOK_EVERY_MILLIS = 200;

    private final ExportFile output;
    private final ExportCheckpoint start;
    private final Optional<Checkpoint> checkpoint;
    private final ProgressLine progress;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS_WAITING);
    private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    private final List<RangeProgress> ranges;
    private long entries;
    private long lastCheckpoint = System.nanoTime();

    /** @param checkpoint empty where the export can't be gone on with */
    ExportRun(ExportFile output, ExportCheckpoint start, Optional<Checkpoint> checkpoint, ProgressLine progress) {
        this.output = output;
        this.start = start;
        this.checkpoint = checkpoint;
        this.progress = progress;
        this.ranges = new ArrayList<>(start.ranges());
        this.entries = start.entries();
    }

    BlockingQueue<Block> blocks() {
        return blocks;
    }

    long entries() {
        return entries;
    }

    /** @throws CommandFailed if a shard can't be read; what was written can be gone on with */
    void run(IntFunction<RangeReader> readers) throws IOException {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            for (int number = 0; number < ranges.size(); number++) {
                if (!ranges.get(number).done()) {
                    RangeReader reader = readers.apply(number);
                    pool.execute(() -> read(reader));
                }
            }
            writeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void read(RangeReader reader) {
        try {
            reader.run();
        } catch (SQLException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() throws IOException, InterruptedException {
        while (!ranges.stream().allMatch(RangeProgress::done)) {
            Block block = blocks.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (block != null) {
                write(block);
            } else if (failure.get() != null) {
                saveCheckpoint();
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "A shard can't be read: " + failure.get().getMessage() + ". "
                                + (checkpoint.isPresent() ? "The same command goes on from here." : ""),
                        failure.get());
            }
            progress.update(0, 0, entries);
        }
    }

    private void write(Block block) throws IOException {
        output.write(block.text());
        entries += block.entries();
        ranges.set(block.range(), new RangeProgress(ranges.get(block.range()).range(), block.lastKey(), block.last()));
        if (System.nanoTime() - lastCheckpoint > CHECKPOINT_EVERY_NANOS) {
            saveCheckpoint();
        }
    }

    private void saveCheckpoint() throws IOException {
        if (checkpoint.isPresent()) {
            checkpoint
                    .get()
                    .write(new ExportCheckpoint(start.map(), start.format(), output.flushed(), entries, ranges)
                            .toJson());
        }
        lastCheckpoint = System.nanoTime();
    }
}
