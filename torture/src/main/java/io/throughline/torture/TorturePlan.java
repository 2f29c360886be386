package io.throughline.torture;

import io.throughline.torture.grid.TortureNeeds;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.nemesis.FaultName;
import io.throughline.torture.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param length for how long clients work and faults come; waiting until all is well again, and the checks, come after
 * @param once whether it ends as soon as each fault has been
 * @param keys which kinds of them
 * @param seed of the schedule of faults and of what clients choose
 * @param folder of the grid and of everything else that the run makes
 * @param python the interpreter of Python's client
 */
record TorturePlan(
        Duration length,
        boolean once,
        List<FaultName> faults,
        List<ClientKind> clients,
        List<Workload> keys,
        long seed,
        RunFolder folder,
        String python) {

    TorturePlan {
        faults = List.copyOf(faults);
        clients = List.copyOf(clients);
        keys = List.copyOf(keys);
    }

    /** In which this kind of client takes part. */
    List<Workload> workloads(ClientKind kind) {
        return Workload.of(kind).stream().filter(keys::contains).toList();
    }

    TortureNeeds needs() {
        return new TortureNeeds(
                faults.contains(FaultName.CUT_NETWORK),
                faults.contains(FaultName.FILL_DISK),
                faults.contains(FaultName.CLOCK));
    }
}
