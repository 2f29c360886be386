package io.throughline.mapstore.row;

/**
 * Text that PostgreSQL gives back as it was. It refuses a NUL, and silently keeps a lone surrogate as {@code ?}
 * (measured with pgjdbc), so both are found here first.
 */
final class RowText {

    private RowText() {}

    /** Why the text can't be kept, or the empty string when it can. */
    static String fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds a NUL at index " + i;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "holds a lone surrogate at index " + i;
            }
        }
        return "";
    }

    /** Length in bytes of well-formed text. */
    static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two of the pair's four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
