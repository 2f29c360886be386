package io.throughline.mapstore.row;

import io.throughline.mapstore.ErrorCode;

/** Keys are text of 1 to {@value #MAX_BYTES} bytes of UTF-8, which a B-tree page always has room for. */
public final class RowKey {

    public static final int MAX_BYTES = 512;

    private static final int SHOWN_CHARACTERS = 80;

    private RowKey() {}

    /** @throws InvalidRowException if the key can't be a row's */
    public static String check(Object key) throws InvalidRowException {
        if (!(key instanceof String text)) {
            throw new InvalidRowException(
                    ErrorCode.KEY_TYPE, "the key is a " + key.getClass().getTypeName() + ", and keys are String");
        }
        String fault = RowText.fault(text);
        if (!fault.isEmpty()) {
            throw new InvalidRowException(ErrorCode.KEY_INVALID, "the key " + fault);
        }
        int bytes = RowText.utf8Bytes(text);
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new InvalidRowException(
                    ErrorCode.KEY_INVALID, "the key has " + bytes + " bytes of UTF-8, and keys have 1 to " + MAX_BYTES);
        }
        return text;
    }

    /** Any key as text; what is no {@code String} is here only to be named in an error. */
    public static String text(Object key) {
        return key.getClass().isArray() ? key.getClass().getTypeName() : String.valueOf(key);
    }

    /** The key as an error message shows it: on one line, cut when long. */
    public static String shown(Object key) {
        String text = String.valueOf(key);
        StringBuilder shown = new StringBuilder("'");
        text.codePoints()
                .limit(SHOWN_CHARACTERS)
                .forEach(c -> shown.append(
                        Character.isISOControl(c) || (c <= 0xFFFF && Character.isSurrogate((char) c))
                                ? String.format("\\u%04x", c)
                                : Character.toString(c)));
        return shown.append(text.length() > SHOWN_CHARACTERS ? "…'" : "'").toString();
    }
}
