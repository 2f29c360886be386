package io.throughline.torture.page;

import io.throughline.torture.check.CheckResult;
import io.throughline.torture.history.Fault;
import io.throughline.torture.history.Operation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A run from end to end.
 *
 * @param seed of the schedule and the workloads: the same seed makes the same again
 * @param nanos how long it ran: the end of its last operation or fault
 * @param faults in the order in which they began
 * @param clients what each kind of client did, in the order of {@link io.throughline.torture.history.ClientKind}
 */
public record TortureResult(
        long seed, long nanos, List<Fault> faults, List<ClientActivity> clients, CheckResult check) {

    public TortureResult {
        faults = List.copyOf(faults);
        clients = List.copyOf(clients);
    }

    /** @param history all operations of the run, in any order */
    public static TortureResult of(
            long seed, Collection<Operation> history, Collection<Fault> faults, CheckResult check) {
        long lastOperation =
                history.stream().mapToLong(Operation::completed).max().orElse(0);
        long lastFault = faults.stream().mapToLong(Fault::ended).max().orElse(0);
        return new TortureResult(
                seed,
                Math.max(lastOperation, lastFault),
                faults.stream().sorted(Comparator.comparingLong(Fault::begun)).toList(),
                ClientActivity.of(history),
                check);
    }
}
