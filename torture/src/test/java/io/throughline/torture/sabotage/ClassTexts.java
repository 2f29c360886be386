package io.throughline.torture.sabotage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/** The texts of a class file, which stand in its constant pool (Java Virtual Machine Specification, 4.4). Stateless. */
final class ClassTexts {

    private static final int UTF8 = 1;

    private ClassTexts() {}

    /** The same class with other texts; the same array where it has none of them. */
    static byte[] replaced(byte[] classFile, Map<String, String> texts) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(in.readLong()); // magic number and version
            int end = in.readUnsignedShort();
            out.writeShort(end);
            boolean changed = false;
            for (int index = 1; index < end; index++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == UTF8) {
                    String before = in.readUTF();
                    String after = replaced(before, texts);
                    changed |= !after.equals(before);
                    out.writeUTF(after);
                } else {
                    out.write(in.readNBytes(length(tag)));
                    index += tag == 5 || tag == 6 ? 1 : 0; // long and double take two places
                }
            }
            out.write(in.readAllBytes());
            return changed ? bytes.toByteArray() : classFile;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a class file", e);
        }
    }

    private static String replaced(String text, Map<String, String> texts) {
        String result = text;
        for (Map.Entry<String, String> each : texts.entrySet()) {
            result = result.replace(each.getKey(), each.getValue());
        }
        return result;
    }

    private static int length(int tag) {
        return switch (tag) {
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> throw new IllegalArgumentException("no constant has the tag " + tag);
        };
    }
}
