package io.throughline.bench.loader;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation.
 *
 * @param proven whether it is a put that the ledger knows of, and is told the outcome of
 * @param keys by their numbers
 * @param versions of each key: that is put, or that a get must return at least
 * @param names of the keys
 * @param values that are put; none for others
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made for every operation
record Call(
        Kind kind,
        boolean proven,
        int[] keys,
        int[] versions,
        String[] names,
        @Nullable String[] values) {

    enum Kind {
        PUT,
        GET,
        PUT_ALL,
        GET_ALL,
        DELETE;

        boolean reads() {
            return this == GET || this == GET_ALL;
        }
    }

    String name() {
        return names[0];
    }

    String value() {
        String value = values[0];
        if (value == null) {
            throw new IllegalStateException(kind + " has no value");
        }
        return value;
    }

    int size() {
        return keys.length;
    }

    Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int each = 0; each < keys.length; each++) {
            String value = values[each];
            if (value != null) {
                entries.put(names[each], value);
            }
        }
        return entries;
    }

    Set<String> nameSet() {
        return new LinkedHashSet<>(java.util.Arrays.asList(names));
    }
}
