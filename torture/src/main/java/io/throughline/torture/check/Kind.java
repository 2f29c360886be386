package io.throughline.torture.check;

/** What kind of promise was broken. */
public enum Kind {
    REFUSED_VALUE("a refused value was read"),
    UNWRITTEN_VALUE("a value was read that nobody wrote"),
    RESURRECTED_DELETE("a deleted value came back"),
    OWN_WRITE_LOST("a client did not read its own write"),
    LOST_INCREMENT("two increments got one number"),
    STALE_READ("a read was further behind than promised"),
    NOT_LINEARIZABLE("no order explains what was seen"),
    NOT_DURABLE("what was acknowledged is not what is stored"),
    COPIES_DIFFER("the copies of a row differ");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
