package io.throughline.localpostgres.folder;

import java.util.Locale;

/** A place in a shard's write-ahead log, in bytes from its beginning; unsigned, as PostgreSQL's pg_lsn. */
public record WalPosition(long bytes) implements Comparable<WalPosition> {

    public static final WalPosition START = new WalPosition(0);

    private static final int HIGH_HALF = 32;
    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final int HEXADECIMAL = 16;

    /** @param text as PostgreSQL writes it, such as {@code 0/16B3740} */
    public static WalPosition parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a position in the log: " + text);
        }
        return new WalPosition(Long.parseLong(text, 0, slash, HEXADECIMAL) << HIGH_HALF
                | Long.parseLong(text, slash + 1, text.length(), HEXADECIMAL));
    }

    @Override
    public int compareTo(WalPosition other) {
        return Long.compareUnsigned(bytes, other.bytes);
    }

    public boolean before(WalPosition other) {
        return compareTo(other) < 0;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", bytes >>> HIGH_HALF, bytes & LOW_HALF);
    }
}
