package io.throughline.torture.model;

import io.throughline.torture.model.Client.Phase;
import io.throughline.torture.model.Scenario.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A scenario, and the mechanisms that are taken out. */
final class Setting {

    static final long CACHE_TIMEOUT_MILLIS = 50;
    static final long MAX_CLOCK_SKEW_MILLIS = 60_000;

    private final Scenario scenario;
    private final Set<Mechanism> missing;
    private final List<Operation> operations = new ArrayList<>();

    Setting(Scenario scenario, Set<Mechanism> missing) {
        this.scenario = scenario;
        this.missing = missing;
        operations.add(new Operation(0, 0, Operation.Kind.PLAIN_PUT));
        operations.addAll(scenario.operations());
    }

    boolean has(Mechanism mechanism) {
        return !missing.contains(mechanism);
    }

    boolean has(Trait trait) {
        return scenario.traits().contains(trait);
    }

    /** Whether any client reads. Where none does, what is in memory makes no difference, and is left alone. */
    boolean anyReads() {
        return operations.stream().anyMatch(Operation::reads);
    }

    State begin() {
        return scenario.begin();
    }

    RowRules rowRules() {
        return new RowRules(scenario.remembered(), MAX_CLOCK_SKEW_MILLIS, missing);
    }

    Operation operation(int number) {
        return operations.get(number);
    }

    /** What a value is called that this operation has left. */
    String value(int number) {
        if (number == 0) {
            return scenario.row().exists() ? "v0" : "nothing";
        }
        return operation(number).value();
    }

    boolean finished(State state, int client) {
        return state.client(client).done() == scenario.scripts().get(client).size();
    }

    /** The client's operation that is under way, or comes next. */
    Operation current(State state, int client) {
        return scenario.scripts().get(client).get(state.client(client).done());
    }

    /** Whether the operation's client still waits for it, in this phase. */
    boolean awaits(State state, Operation operation, Phase phase) {
        Client client = state.client(operation.client());
        return client.phase() == phase && current(state, operation.client()).number() == operation.number();
    }

    /** Whether the row has a value for readers: what was there, or what the last operation has put. */
    boolean present(int number) {
        return number == 0 ? scenario.row().present() : !operation(number).deletes();
    }
}
