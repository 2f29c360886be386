package io.throughline.torture.history;

/**
 * Something that was done to the grid.
 *
 * @param name kind of fault, such as {@code kill-member}
 * @param target what it was done to
 * @param begun ns, on the clock of {@link Operation}
 * @param ended when it was over, at least {@code begun}; of a fault that was not healed, the end of the run
 */
public record Fault(String name, String target, long begun, long ended) {

    public Fault {
        if (ended < begun) {
            throw new IllegalArgumentException("fault " + name + " on " + target + " ended before it began");
        }
    }
}
