package io.throughline.cli.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file that an export fills, or standard output. Not thread-safe. */
final class ExportFile implements AutoCloseable {

    private final @Nullable FileChannel channel;
    private final OutputStream out;
    private long bytes;

    private ExportFile(@Nullable FileChannel channel, OutputStream out, long bytes) {
        this.channel = channel;
        this.out = out;
        this.bytes = bytes;
    }

    static ExportFile standardOutput(OutputStream out) {
        return new ExportFile(null, out, 0);
    }

    /** Goes on behind these bytes; what stands behind them is cut off. */
    static ExportFile open(Path file, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(bytes);
        channel.position(bytes);
        return new ExportFile(channel, Channels.newOutputStream(channel), bytes);
    }

    void write(byte[] text) throws IOException {
        if (channel == null) {
            out.write(text);
            out.flush();
        } else {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        bytes += text.length;
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Length once everything that was written is on the disk. */
    long flushed() throws IOException {
        if (channel != null) {
            channel.force(false);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
