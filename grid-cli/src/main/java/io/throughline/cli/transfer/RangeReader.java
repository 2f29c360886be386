package io.throughline.cli.transfer;

import io.throughline.cli.shards.ExportStatements;
import io.throughline.cli.shards.NodeConnections;
import io.throughline.mapstore.config.ShardConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads one range and hands it on in blocks. If its shard fails over in the middle it goes on behind the last key it had, on
 * the new primary. One use, one thread.
 */
final class RangeReader {

    private static final int BLOCK_CHARS = 1 << 17;
    private static final int ANSWER_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ExportStatements statements;
    private final NodeConnections connections;
    private final ShardConfig shard;
    private final EntryWriter writer;
    private final BlockingQueue<Block> blocks;
    private final int number;
    private final KeyRange range;
    private final StringBuilder text = new StringBuilder();
    private int entries;
    private @Nullable String last;
    private long patientUntil = System.nanoTime() + PATIENCE.toNanos();

    RangeReader(
            ExportStatements statements,
            NodeConnections connections,
            ShardConfig shard,
            EntryWriter writer,
            BlockingQueue<Block> blocks,
            int number,
            RangeProgress from) {
        this.statements = statements;
        this.connections = connections;
        this.shard = shard;
        this.writer = writer;
        this.blocks = blocks;
        this.number = number;
        this.range = from.range();
        this.last = from.goOnAfter();
    }

    /** @throws SQLException if the shard could not be read for half a minute */
    void run() throws SQLException, InterruptedException {
        boolean ended = false;
        while (!ended) {
            try (Connection connection = connections.primary(shard, ANSWER_SECONDS)) {
                statements.read(connection, last, range.to(), this::row);
                ended = true;
            } catch (SQLException e) {
                if (System.nanoTime() - patientUntil > 0) {
                    throw e;
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
        flush(true);
    }

    private void row(String key, String value) throws InterruptedException {
        text.append(writer.entry(key, value));
        entries++;
        last = key;
        patientUntil = System.nanoTime() + PATIENCE.toNanos();
        if (text.length() >= BLOCK_CHARS) {
            flush(false);
        }
    }

    private void flush(boolean ended) throws InterruptedException {
        blocks.put(new Block(number, text.toString(), entries, last, ended));
        text.setLength(0);
        entries = 0;
    }
}
