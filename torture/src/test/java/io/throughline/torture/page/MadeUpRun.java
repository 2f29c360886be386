package io.throughline.torture.page;

import io.throughline.torture.check.Circumstances;
import io.throughline.torture.check.HistoryChecker;
import io.throughline.torture.check.StoredValue;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Fault;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A minute of clients under faults, and a few broken promises. */
final class MadeUpRun {

    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1000 * MILLIS;

    private final Random random = new Random(1);
    private final List<Operation> history = new ArrayList<>();

    private MadeUpRun() {}

    static TortureResult result() {
        MadeUpRun run = new MadeUpRun();
        run.traffic();
        run.violations();
        Circumstances circumstances =
                Circumstances.calm().fellBack(operation -> operation.completed() - operation.invoked() > 250 * MILLIS);
        Map<String, List<StoredValue>> stored = Map.of(
                "copies",
                List.of(new StoredValue("shard-2 primary", "p"), new StoredValue("shard-2 standby", "q")),
                "lost",
                List.of(new StoredValue("shard-1 primary", "first"), new StoredValue("shard-1 standby", "first")));
        return TortureResult.of(7, run.history, faults(), new HistoryChecker(circumstances).check(run.history, stored));
    }

    private static List<Fault> faults() {
        return List.of(
                new Fault("kill-member", "member-2", 8 * SECOND, 14 * SECOND),
                new Fault("kill-primary", "shard-1", 20 * SECOND, 22 * SECOND),
                new Fault("stall-member", "member-1", 30 * SECOND, 42 * SECOND),
                new Fault("cut-network", "member-3", 33 * SECOND, 39 * SECOND),
                new Fault("fill-disk", "shard-2 primary", 55 * SECOND, 58 * SECOND));
    }

    private void traffic() {
        for (int client = 0; client < 8; client++) {
            ClientKind kind = List.of(ClientKind.values()).get(client % 4);
            long at = 0;
            for (int i = 0; at < 60 * SECOND; i++) {
                boolean hurt = isHurt(at) && kind == ClientKind.PLAIN;
                long took = (long) (Math.exp(random.nextGaussian()) * (hurt ? 400 : 4) * MILLIS);
                // A client of its own writes a key, so all of it is in order.
                add(client, kind, "key-" + client + "-" + i, new Action.Put("v" + i), at, took, answer(hurt));
                at += took + random.nextLong(30 * MILLIS);
            }
        }
    }

    private static boolean isHurt(long at) {
        return faults().stream().anyMatch(fault -> fault.begun() <= at && at < fault.ended());
    }

    private Outcome answer(boolean hurt) {
        int drawn = random.nextInt(10);
        return !hurt || drawn > 3 ? Outcome.OK : drawn == 0 ? Outcome.REFUSED : Outcome.UNKNOWN;
    }

    private void violations() {
        add(1, ClientKind.RESILIENT, "turned", new Action.Put("a"), 31 * SECOND, 20 * MILLIS, Outcome.OK);
        add(0, ClientKind.PLAIN, "turned", new Action.Put("b"), 32 * SECOND, 900 * MILLIS, Outcome.UNKNOWN);
        add(1, ClientKind.RESILIENT, "turned", new Action.Get("b"), 35 * SECOND, 3 * MILLIS, Outcome.OK);
        add(1, ClientKind.RESILIENT, "turned", new Action.Put("c"), 35 * SECOND + 40 * MILLIS, 12 * MILLIS, Outcome.OK);
        add(3, ClientKind.PYTHON, "turned", new Action.Get("c"), 36 * SECOND, 2 * MILLIS, Outcome.OK);
        add(2, ClientKind.EMBEDDED, "turned", new Action.Get("b"), 41 * SECOND, 2 * MILLIS, Outcome.OK);
        add(1, ClientKind.RESILIENT, "copies", new Action.Put("p"), 10 * SECOND, 4 * MILLIS, Outcome.OK);
        add(0, ClientKind.PLAIN, "copies", new Action.Put("q"), 10 * SECOND, 4 * MILLIS, Outcome.OK);
        add(1, ClientKind.RESILIENT, "lost", new Action.Put("first"), 50 * SECOND, 4 * MILLIS, Outcome.OK);
        add(0, ClientKind.PLAIN, "lost", new Action.Put("second"), 51 * SECOND, 4 * MILLIS, Outcome.OK);
        add(0, ClientKind.PLAIN, "list", new Action.Put("1"), 20 * SECOND, 4 * MILLIS, Outcome.OK);
        String longer = "1,10234,20977,31456,41002,50077,60301,70518";
        add(
                0,
                ClientKind.PLAIN,
                "list",
                new Action.ReplaceIfSame("1", longer, true),
                20500 * MILLIS,
                400 * MILLIS,
                Outcome.OK);
        add(
                6,
                ClientKind.EMBEDDED,
                "list",
                new Action.ReplaceIfSame("1", longer + ",6", true),
                20600 * MILLIS,
                90 * MILLIS,
                Outcome.OK);
        add(2, ClientKind.EMBEDDED, "refused", new Action.Put("<b>&no"), 56 * SECOND, 4 * MILLIS, Outcome.REFUSED);
        add(3, ClientKind.PYTHON, "refused", new Action.Get("<b>&no"), 57 * SECOND, 4 * MILLIS, Outcome.OK);
        add(1, ClientKind.RESILIENT, "behind", new Action.Put("x"), 30 * SECOND, 4 * MILLIS, Outcome.OK);
        add(1, ClientKind.RESILIENT, "behind", new Action.Put("y"), 31 * SECOND, 290 * MILLIS, Outcome.OK);
        add(3, ClientKind.PYTHON, "behind", new Action.Get("x"), 33 * SECOND, 4 * MILLIS, Outcome.OK);
    }

    private void add(int client, ClientKind kind, String key, Action action, long invoked, long took, Outcome outcome) {
        history.add(new Operation(history.size(), client, kind, key, action, invoked, invoked + took, outcome));
    }
}
