package io.throughline.cli.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines and knows where each ends, in bytes, so that a file can be gone on with from there. Strict UTF-8.
 * Not thread-safe.
 */
final class LineReader {

    /** Above the largest value that a map can be told to take, escaped. */
    static final int LONGEST_LINE_BYTES = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int filled;
    private long position;
    private long line;

    /**
     * @param position of the stream's first byte in the file
     * @param line of that byte, from 1
     */
    LineReader(InputStream in, long position, long line) {
        this.in = in;
        this.position = position;
        this.line = line;
    }

    /**
     * @param text without the line's end; null if it isn't UTF-8 or too long
     * @param terminator {@code "\n"}, {@code "\r\n"}, or empty at the end of the file
     */
    record Line(long number, @Nullable String text, String terminator, long end) {}

    /** Null at the end. */
    @Nullable
    Line read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        boolean ended = false;
        boolean any = false;
        while (!ended && fill()) {
            any = true;
            int from = next;
            while (next < filled && buffer[next] != '\n') {
                next++;
            }
            ended = next < filled;
            tooLong |= bytes.size() > LONGEST_LINE_BYTES;
            if (!tooLong) {
                bytes.write(buffer, from, next - from);
            }
            next += ended ? 1 : 0;
            position += next - from;
        }
        return any ? line(bytes.toByteArray(), tooLong, ended) : null;
    }

    private boolean fill() throws IOException {
        if (next == filled) {
            next = 0;
            filled = Math.max(0, in.read(buffer));
        }
        return filled > 0;
    }

    private Line line(byte[] bytes, boolean tooLong, boolean ended) {
        boolean carriageReturn = ended && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        String terminator = carriageReturn ? "\r\n" : ended ? "\n" : "";
        String text = tooLong ? null : decode(bytes, bytes.length - (carriageReturn ? 1 : 0));
        long number = line++;
        if (number == 1 && text != null && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return new Line(number, text, terminator, position);
    }

    private static @Nullable String decode(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
