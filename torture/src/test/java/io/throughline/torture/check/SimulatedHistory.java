package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What clients of one key would see of a register that keeps its promises. */
final class SimulatedHistory {

    private static final long MILLIS = 1_000_000;
    private static final int CLIENTS = 16;

    private record Plan(int client, long invoked, long moment, long completed, boolean answered) {}

    private final Random random;
    private final TreeMap<Long, String> values = new TreeMap<>();
    private final long behind;
    private int written;

    private SimulatedHistory(long seed, long behind) {
        this.random = new Random(seed);
        this.behind = behind;
        values.put(Long.MIN_VALUE, "");
    }

    /** @param behind how far reads of plain clients may be behind, ns */
    static List<Operation> of(long seed, int count, double unknown, long behind) {
        SimulatedHistory history = new SimulatedHistory(seed, behind);
        List<Plan> plans = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            plans.addAll(history.plans(client, count / CLIENTS, unknown));
        }
        plans.sort(Comparator.comparingLong(Plan::moment));
        List<Operation> operations = new ArrayList<>();
        plans.forEach(plan -> operations.add(history.operation(operations.size(), plan)));
        return operations;
    }

    private List<Plan> plans(int client, int count, double unknown) {
        List<Plan> plans = new ArrayList<>();
        long free = 0;
        for (int i = 0; i < count; i++) {
            long invoked = free + random.nextLong(5 * MILLIS);
            long moment = invoked + random.nextLong(10 * MILLIS);
            long completed = moment + random.nextLong(10 * MILLIS);
            free = completed + 1;
            plans.add(new Plan(client, invoked, moment, completed, random.nextDouble() >= unknown));
        }
        return plans;
    }

    private Operation operation(int id, Plan plan) {
        ClientKind kind = plan.client() % 2 == 0 ? ClientKind.PLAIN : ClientKind.RESILIENT;
        Outcome outcome = plan.answered() ? Outcome.OK : Outcome.UNKNOWN;
        return new Operation(
                id, plan.client(), kind, "k", action(plan, kind), plan.invoked(), plan.completed(), outcome);
    }

    private Action action(Plan plan, ClientKind kind) {
        String current = values.lastEntry().getValue();
        return switch (random.nextInt(4)) {
            case 0, 1 -> new Action.Get(value(seen(plan, kind)));
            case 2 -> new Action.Put(write(plan));
            default -> replace(plan, kind, current);
        };
    }

    private Action replace(Plan plan, ClientKind kind, String current) {
        if (kind == ClientKind.PLAIN) {
            return new Action.Put(write(plan));
        }
        boolean same = random.nextBoolean();
        return same
                ? new Action.ReplaceIfSame(value(current), write(plan), true)
                : new Action.ReplaceIfSame("another", "never", false);
    }

    private String seen(Plan plan, ClientKind kind) {
        long since = kind == ClientKind.PLAIN && behind > 0 ? random.nextLong(behind) : 0;
        return values.floorEntry(plan.moment() - since).getValue();
    }

    private String write(Plan plan) {
        String value = "v" + written++;
        if (plan.answered() || random.nextBoolean()) {
            values.put(plan.moment(), value);
        }
        return value;
    }

    private static @Nullable String value(String value) {
        return value.isEmpty() ? null : value;
    }
}
