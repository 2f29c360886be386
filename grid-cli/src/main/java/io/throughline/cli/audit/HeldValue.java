package io.throughline.cli.audit;

import com.hazelcast.core.HazelcastJsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A value as someone holds it, by its length and hash: values are compared without being carried about.
 *
 * @param bytes −1 where there is no value: no entry, no row, or a tombstone
 * @param md5 in hexadecimal, as PostgreSQL's md5() gives it; empty where there is no value
 * @param beginning the value's first characters, bytes in Base64; empty unless they were asked for
 */
record HeldValue(int bytes, String md5, String beginning) {

    static final HeldValue NONE = new HeldValue(-1, "", "");

    /** Characters of a value that are shown. */
    static final int SHOWN = 60;

    private static final int SHOWN_OF_HASH = 8;

    /** Of a value that a member gave. */
    static HeldValue of(Object value, boolean withBeginning) {
        byte[] bytes = value instanceof byte[] binary ? binary : text(value).getBytes(StandardCharsets.UTF_8);
        String shown = value instanceof byte[] ? Base64.getEncoder().encodeToString(bytes) : text(value);
        return new HeldValue(
                bytes.length, md5(bytes), withBeginning ? shown.substring(0, Math.min(SHOWN, shown.length())) : "");
    }

    private static String text(Object value) {
        return value instanceof HazelcastJsonValue json ? json.getValue() : value.toString();
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    boolean present() {
        return bytes >= 0;
    }

    boolean sameAs(HeldValue other) {
        return md5.equals(other.md5);
    }

    @Override
    public String toString() {
        return present()
                ? bytes + " bytes (" + md5.substring(0, SHOWN_OF_HASH) + ")"
                        + (beginning.isEmpty() ? "" : " '" + beginning + "'")
                : "nothing";
    }
}
