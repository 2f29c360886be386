package io.throughline.torture.check;

import io.throughline.torture.history.Operation;
import java.util.List;

/**
 * A broken promise.
 *
 * @param offender id of the operation to look at first; -1 where it is what is stored at the end
 * @param sentence for a person
 * @param history the operations that show it, as few as could be found, in the order in which they were invoked
 * @param stored what is stored at the end, where that shows it
 */
public record Finding(
        Kind kind, String key, int offender, String sentence, List<Operation> history, List<StoredValue> stored) {

    static final int NO_OPERATION = -1;

    public Finding {
        history = List.copyOf(history);
        stored = List.copyOf(stored);
    }

    static Finding seen(Kind kind, String key, Operation offender, String sentence, List<Operation> history) {
        return new Finding(kind, key, offender.id(), sentence, history, List.of());
    }

    static Finding stored(Kind kind, String key, String sentence, List<Operation> history, List<StoredValue> stored) {
        return new Finding(kind, key, NO_OPERATION, sentence, history, stored);
    }

    public List<Integer> operations() {
        return history.stream().map(Operation::id).toList();
    }
}
