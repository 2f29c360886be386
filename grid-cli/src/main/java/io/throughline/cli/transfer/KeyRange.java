package io.throughline.cli.transfer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of one shard's keys: {@code after < key <= to}.
 *
 * @param after null for the beginning
 * @param to null for the end
 */
record KeyRange(
        String shard, @Nullable String after, @Nullable String to) {

    /**
     * Cuts a shard into ranges of about the same number of rows.
     *
     * @param sample some of its keys, ascending as PostgreSQL orders them
     */
    static List<KeyRange> split(String shard, List<String> sample, int ranges) {
        List<String> distinct = sample.stream().distinct().toList();
        int parts = Math.max(1, Math.min(ranges, distinct.size() / 2));
        List<KeyRange> result = new ArrayList<>();
        String after = null;
        for (int part = 1; part < parts; part++) {
            String to = distinct.get((int) ((long) part * distinct.size() / parts));
            result.add(new KeyRange(shard, after, to));
            after = to;
        }
        result.add(new KeyRange(shard, after, null));
        return result;
    }
}
