package io.throughline.torture;

import io.throughline.torture.grid.FinalRows;
import io.throughline.torture.history.Fault;
import io.throughline.torture.history.Operation;
import io.throughline.torture.nemesis.Nemesis;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that was seen in a run.
 *
 * @param operations in the order in which they completed; an id is its place
 * @param direct ids of those that were done by the shard itself, or may have been
 * @param failures how often each error was told
 * @param rows of every node, once all was well again and no client wrote any more
 * @param ailments what was not well again in time; empty where all was
 * @param unanswered operations that had no answer minutes after all was well; empty where all had
 */
record Evidence(
        List<Operation> operations,
        BitSet direct,
        Map<String, Integer> failures,
        List<Fault> faults,
        List<Nemesis.Unrest> unrest,
        FinalRows rows,
        List<String> ailments,
        List<String> unanswered) {

    /** Why not everything can be checked; empty where it can. */
    List<String> obstacles() {
        return Stream.concat(ailments.stream(), rows.missed().stream()).toList();
    }
}
