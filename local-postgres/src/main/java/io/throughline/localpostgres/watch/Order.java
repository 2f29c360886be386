package io.throughline.localpostgres.watch;

/** What is to be done, and to which node. */
public record Order(Deed deed, String node) {

    public enum Deed {
        /** End this primary for certain and promote a standby. */
        FAIL_OVER,
        RESTART,
        CLONE
    }
}
