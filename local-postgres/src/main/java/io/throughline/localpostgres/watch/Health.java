package io.throughline.localpostgres.watch;

/** What a look at a node showed. */
public enum Health {
    /** A primary that answers; a standby that is attached to its primary. */
    WELL,
    /** Its process is there, but it does not answer, or follows nobody. */
    SILENT,
    /** There is no such process. */
    GONE
}
