package io.throughline.cli.audit;

/**
 * In what a key differs, and where.
 *
 * @param node the standby's name; empty for the others
 */
record Aspect(Kind kind, String node) {

    /** What differs. */
    enum Kind {
        MEMORY("the member's memory and the row differ"),
        STANDBY("the standby's row and the primary's differ"),
        STANDBY_AHEAD("the standby has a later write, whose commit the primary still waits for"),
        PARTITION("the row names another partition than its key has"),
        SHARD("the row is on a shard that doesn't own its partition");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }
    }

    static Aspect of(Kind kind) {
        return new Aspect(kind, "");
    }
}
