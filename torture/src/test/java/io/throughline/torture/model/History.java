package io.throughline.torture.model;

/** In which order operations have taken effect on the row: what no part of the system sees, and everything is judged by. */
record History(long packed, int size) {

    static final History EMPTY = new History(0, 0);

    private static final int BITS = 4;
    private static final int MOST = 16;

    History then(int operation) {
        if (size == MOST) {
            throw new IllegalStateException("more than " + MOST + " effects; choose smaller bounds");
        }
        return new History(packed | ((long) operation << (size * BITS)), size + 1);
    }

    /** Whose value the row has; 0 is the one from the beginning. */
    int last() {
        return at(size);
    }

    /** Whose value the row had at this position. */
    int at(int position) {
        return position == 0 ? 0 : (int) ((packed >>> ((position - 1) * BITS)) & 0xF);
    }

    /** Where it took effect last, from 1 on; 0 where it has not, or was there from the beginning. */
    int positionOf(int operation) {
        for (int position = size; position > 0; position--) {
            if (at(position) == operation) {
                return position;
            }
        }
        return 0;
    }
}
