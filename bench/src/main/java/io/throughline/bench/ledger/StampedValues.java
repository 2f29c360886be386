package io.throughline.bench.ledger;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * The values that a run writes: the key, the version, a checksum, and filler up to the length that was asked for, as
 * {@code load-k3x9q1-00000042 0000000017 5c0f93ab q7Hd…}. So a value that was cut, mixed up, or stored under another key
 * gives itself away. Letters and digits in no order, since a filler that compresses would flatter the disk. Thread-safe.
 */
public final class StampedValues {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int VERSION_DIGITS = 10;
    private static final int CHECKSUM_DIGITS = 8;
    private static final int OFFSETS = 1 << 16;

    private final KeyNames names;
    private final int length;
    private final String fillers;

    /** @throws IllegalArgumentException if a value is too short for its stamp */
    public StampedValues(KeyNames names, int length) {
        if (length < shortest(names)) {
            throw new IllegalArgumentException("a value needs " + shortest(names)
                    + " bytes or more for its key, version and checksum, not " + length);
        }
        this.names = names;
        this.length = length;
        this.fillers = new Random(length)
                .ints(OFFSETS + (long) length, 0, CHARACTERS.length())
                .collect(StringBuilder::new, (text, at) -> text.append(CHARACTERS.charAt(at)), StringBuilder::append)
                .toString();
    }

    public static int shortest(KeyNames names) {
        return names.length() + VERSION_DIGITS + CHECKSUM_DIGITS + 3;
    }

    public String of(int key, int version) {
        String head = names.name(key) + " " + padded(Integer.toString(version), VERSION_DIGITS) + " ";
        int offset = (key * 31 + version * 17) & (OFFSETS - 1);
        String filler = fillers.substring(offset, offset + length - shortest(names));
        return head + checksum(head, filler) + " " + filler;
    }

    /** The version in a value that was written to this key; empty for anything else. */
    public OptionalInt version(int key, String value) {
        String name = names.name(key);
        int head = name.length() + VERSION_DIGITS + 2;
        if (value.length() != length || !value.startsWith(name)) {
            return OptionalInt.empty();
        }
        String checksum = value.substring(head, head + CHECKSUM_DIGITS);
        if (!checksum.equals(checksum(value.substring(0, head), value.substring(head + CHECKSUM_DIGITS + 1)))) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(value, name.length() + 1, head - 1, 10));
    }

    private static String checksum(String head, String filler) {
        CRC32C crc = new CRC32C();
        crc.update(head.getBytes(StandardCharsets.UTF_8));
        crc.update(filler.getBytes(StandardCharsets.UTF_8));
        return padded(Long.toHexString(crc.getValue()), CHECKSUM_DIGITS);
    }

    private static String padded(String digits, int length) {
        return "0".repeat(length - digits.length()) + digits;
    }
}
