package io.throughline.mapstore.direct;

import org.jspecify.annotations.Nullable;

/**
 * What became of a direct write that did not fail.
 *
 * @param applied false where its condition did not hold, or where it was called off
 * @param current the row's value that stood in the way of its condition; else null
 */
public record DirectOutcome(boolean applied, @Nullable Object current) {

    static final DirectOutcome APPLIED = new DirectOutcome(true, null);
    static final DirectOutcome CALLED_OFF = new DirectOutcome(false, null);
}
