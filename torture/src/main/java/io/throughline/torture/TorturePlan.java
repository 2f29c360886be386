package io.throughline.torture;

import io.throughline.torture.grid.TortureNeeds;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.nemesis.FaultName;
import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param length for how long clients work and faults come; waiting until all is well again, and the checks, come after
 * @param once whether it ends as soon as each fault has been
 * @param seed of the schedule of faults and of what clients choose
 * @param folder of the grid and of everything else that the run makes
 * @param python the interpreter of Python's client
 */
record TorturePlan(
        Duration length,
        boolean once,
        List<FaultName> faults,
        List<ClientKind> clients,
        long seed,
        RunFolder folder,
        String python) {

    TorturePlan {
        faults = List.copyOf(faults);
        clients = List.copyOf(clients);
    }

    TortureNeeds needs() {
        return new TortureNeeds(
                faults.contains(FaultName.CUT_NETWORK),
                faults.contains(FaultName.FILL_DISK),
                faults.contains(FaultName.CLOCK));
    }
}
