package io.throughline.torture.model;

/**
 * One step of a client's script.
 *
 * @param number from 1 on over all scripts, and so its value: what operation 2 puts is v2
 * @param client who does it, from 0 on
 */
record Operation(int number, int client, Kind kind) {

    /** What is done. */
    enum Kind {
        PLAIN_PUT,
        PLAIN_DELETE,
        PLAIN_GET,
        RESILIENT_PUT,
        RESILIENT_REMOVE,
        RESILIENT_GET
    }

    boolean reads() {
        return kind == Kind.PLAIN_GET || kind == Kind.RESILIENT_GET;
    }

    boolean deletes() {
        return kind == Kind.PLAIN_DELETE || kind == Kind.RESILIENT_REMOVE;
    }

    /** By a client that goes to the shard itself if need be. */
    boolean resilient() {
        return kind == Kind.RESILIENT_PUT || kind == Kind.RESILIENT_REMOVE || kind == Kind.RESILIENT_GET;
    }

    /** Even, as nothing here has a condition. */
    long id() {
        return number * 2L;
    }

    /** What a reader finds. */
    String value() {
        return deletes() ? "nothing" : "v" + number;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case PLAIN_PUT -> "put of v" + number;
            case PLAIN_DELETE -> "delete";
            case PLAIN_GET, RESILIENT_GET -> "get";
            case RESILIENT_PUT -> "resilient put of v" + number;
            case RESILIENT_REMOVE -> "resilient remove";
        };
    }
}
