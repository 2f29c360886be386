package io.throughline.cli.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** The lines that are added to a file. One that is shortened or made anew is read from its start. Not thread-safe. */
public final class FileTail {

    private static final int CHUNK_BYTES = 1 << 16;

    private final Path file;
    private long position;
    private String rest = "";

    private FileTail(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    public static FileTail fromStart(Path file) {
        return new FileTail(file, 0);
    }

    /** Begins with the last lines that are there. */
    public static FileTail fromEnd(Path file, int lines) throws IOException {
        return new FileTail(file, Files.exists(file) ? startOfLast(file, lines) : 0);
    }

    private static long startOfLast(Path file, int lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = channel.size();
            int ends = 0;
            while (at > 0) {
                int length = (int) Math.min(CHUNK_BYTES, at);
                ByteBuffer chunk = ByteBuffer.allocate(length);
                channel.read(chunk, at - length);
                for (int i = length - 1; i >= 0; i--) {
                    if (chunk.get(i) == '\n' && ends++ == lines) {
                        return at - length + i + 1;
                    }
                }
                at -= length;
            }
            return 0;
        }
    }

    /** Hands on the complete lines that have come since. */
    public void read(Consumer<String> lines) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < position) {
                position = 0;
                rest = "";
            }
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            while (channel.read(chunk, position) > 0) {
                position += chunk.position();
                String text = rest + new String(chunk.array(), 0, chunk.position(), StandardCharsets.UTF_8);
                List<String> parts = List.of(text.split("\n", -1));
                parts.subList(0, parts.size() - 1).forEach(lines);
                rest = parts.get(parts.size() - 1);
                chunk.clear();
            }
        }
    }
}
