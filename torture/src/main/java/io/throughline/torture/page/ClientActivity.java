package io.throughline.torture.page;

import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the clients of one kind did.
 *
 * @param seconds those in which an operation was completed, in order
 */
public record ClientActivity(ClientKind kind, Map<Outcome, Long> outcomes, List<Second> seconds) {

    /**
     * One second of the run, by when operations were completed.
     *
     * @param at seconds since the run began
     * @param operations how many
     * @param median of their latencies, ms
     * @param slowest latency, ms
     */
    public record Second(long at, int operations, double median, double slowest) {

        private static Second of(long at, List<Operation> completed) {
            long[] latencies = completed.stream()
                    .mapToLong(operation -> operation.completed() - operation.invoked())
                    .sorted()
                    .toArray();
            int count = latencies.length;
            return new Second(at, count, latencies[count / 2] / 1e6, latencies[count - 1] / 1e6);
        }
    }

    public ClientActivity {
        outcomes = Map.copyOf(outcomes);
        seconds = List.copyOf(seconds);
    }

    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    static List<ClientActivity> of(Collection<Operation> history) {
        Map<ClientKind, List<Operation>> ofKind = history.stream()
                .collect(Collectors.groupingBy(
                        Operation::kind, () -> new EnumMap<>(ClientKind.class), Collectors.toList()));
        return ofKind.entrySet().stream()
                .map(each -> new ClientActivity(each.getKey(), outcomes(each.getValue()), seconds(each.getValue())))
                .toList();
    }

    private static Map<Outcome, Long> outcomes(List<Operation> history) {
        return history.stream().collect(Collectors.groupingBy(Operation::outcome, Collectors.counting()));
    }

    private static List<Second> seconds(List<Operation> history) {
        return history.stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.completed() / 1_000_000_000L, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(each -> Second.of(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Second::at))
                .toList();
    }
}
