package io.throughline.torture.model;

/** What every interleaving has to keep. */
enum Property {
    READ_YOUR_WRITES("a read finds nothing older than what was acknowledged before it began"),
    NOTHING_LATE("what was acknowledged is never overwritten by something older"),
    ONCE("an operation with an id takes effect once: nothing in between is undone"),
    REFUSED_IS_NEVER_STORED("what was refused is never stored"),
    DURABLE("what is acknowledged is on the row");

    private final String words;

    Property(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
