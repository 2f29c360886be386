package io.throughline.torture.model;

/** A member's row on the shard: its right to write. */
record Writer(long epoch, boolean fenced) {

    static final Writer NEW = new Writer(0, false);

    Writer raised() {
        return fenced ? this : new Writer(epoch + 1, false);
    }

    Writer withFence() {
        return new Writer(epoch, true);
    }
}
