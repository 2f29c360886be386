package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The writes of a key that went past the cache, or may have: what memory holds can be older than they for one TTL. */
final class DirectWrites {

    private final List<Operation> writes = new ArrayList<>();
    private final Circumstances circumstances;

    DirectWrites(List<Operation> history, Circumstances circumstances) {
        this.circumstances = circumstances;
        history.stream().filter(this::isDirect).forEach(writes::add);
    }

    static boolean isResilient(Operation operation) {
        return operation.kind() == ClientKind.RESILIENT || operation.kind() == ClientKind.PYTHON;
    }

    boolean isDirect(Operation operation) {
        boolean write = !(operation.action() instanceof Action.Get) && operation.outcome() != Outcome.REFUSED;
        return write
                && isResilient(operation)
                && (!(operation.action() instanceof Action.Put)
                        || operation.outcome() == Outcome.UNKNOWN
                        || circumstances.fellBack().test(operation));
    }

    /** Whether memory may have been behind when this was answered from it. A client reads what it wrote directly from the primary. */
    boolean leaveBehind(Operation operation) {
        return writes.stream()
                .filter(write -> write.client() != operation.client() || write.outcome() == Outcome.UNKNOWN)
                .anyMatch(write -> overlaps(write, operation));
    }

    private boolean overlaps(Operation write, Operation operation) {
        boolean over =
                write.outcome() == Outcome.OK && write.completed() < operation.invoked() - circumstances.staleness();
        return !over && write.invoked() <= operation.completed();
    }
}
