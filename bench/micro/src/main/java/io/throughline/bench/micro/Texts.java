package io.throughline.bench.micro;

import java.nio.charset.StandardCharsets;

/** Values of a given size. Stateless. */
final class Texts {

    private static final String FIELD = "\"field%04d\":\"abcdefghijklmnop\",";

    private Texts() {}

    /** A JSON object of about that many bytes, of fields of some 30. */
    static String json(int bytes) {
        StringBuilder json = new StringBuilder("{");
        for (int field = 0; json.length() < bytes - FIELD.length(); field++) {
            json.append(FIELD.formatted(field));
        }
        json.setCharAt(json.length() - 1, '}');
        return json.toString();
    }

    static byte[] binary(int bytes) {
        return json(bytes).getBytes(StandardCharsets.UTF_8);
    }
}
