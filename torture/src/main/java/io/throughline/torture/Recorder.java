package io.throughline.torture;

import io.throughline.torture.clients.Answer;
import io.throughline.torture.clients.TortureClient;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the history down. Thread-safe. */
final class Recorder {

    private final List<Operation> operations = new ArrayList<>();
    private final BitSet direct = new BitSet();
    private final Map<String, Integer> failures = new TreeMap<>();

    synchronized Operation record(TortureClient client, String key, Answer answer) {
        Operation operation = new Operation(
                operations.size(),
                client.number(),
                client.kind(),
                key,
                answer.action(),
                answer.invoked(),
                answer.completed(),
                answer.outcome());
        operations.add(operation);
        direct.set(operation.id(), answer.direct());
        if (answer.outcome() != Outcome.OK) {
            failures.merge(code(answer.error()), 1, Integer::sum);
        }
        return operation;
    }

    private static String code(String error) {
        int colon = error.indexOf(':');
        return colon < 0 ? error : error.substring(0, colon);
    }

    synchronized int count() {
        return operations.size();
    }

    /** In the order in which they completed. */
    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Operations that were done by the shard itself, or may have been. */
    synchronized BitSet direct() {
        return (BitSet) direct.clone();
    }

    /** How often each error was told. */
    synchronized Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }
}
