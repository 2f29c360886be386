package io.throughline.torture.model;

import java.util.List;

/**
 * The key's row, without its value.
 *
 * @param exists whether there is one
 * @param present whether it has a value; else it is a tombstone
 * @param attempts ids and when they were taken, the newest first
 */
record Row(boolean exists, boolean present, long notBefore, List<Long> attempts) {

    static final Row NONE = new Row(false, false, 0, List.of());
    static final Row PLAIN = new Row(true, true, 0, List.of());

    boolean hasTaken(long id) {
        return attempts.contains(id);
    }
}
