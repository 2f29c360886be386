package io.throughline.torture.check;

import io.throughline.torture.history.Operation;

/**
 * A read that was certainly behind.
 *
 * @param overwrittenBy the first write that had certainly replaced what it read
 * @param behind how long before the read that write was acknowledged, ns; above 0
 */
public record StalestRead(Operation read, Operation overwrittenBy, long behind) {}
