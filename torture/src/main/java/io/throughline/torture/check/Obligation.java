package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.List;

/**
 * What an operation says about its key.
 *
 * @param steps none where it says nothing, such as a refused one
 */
record Obligation(Operation operation, List<Step> steps) {

    Obligation {
        steps = List.copyOf(steps);
    }
}
