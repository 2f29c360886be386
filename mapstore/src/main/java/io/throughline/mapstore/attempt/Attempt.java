package io.throughline.mapstore.attempt;

/**
 * One try to write through the cache.
 *
 * @param deadline milliseconds since 1970 on the shard's clock, above 0: a row refuses what comes with an earlier one than
 *     its {@code not_before}
 * @param id of the operation that this tries, random: a row takes each operation once, however often it is sent
 */
public record Attempt(long deadline, long id) {

    /** @throws IllegalArgumentException if the deadline is not above 0 */
    public Attempt {
        if (deadline <= 0) {
            throw new IllegalArgumentException("the deadline is " + deadline + ", and deadlines are above 0");
        }
    }
}
