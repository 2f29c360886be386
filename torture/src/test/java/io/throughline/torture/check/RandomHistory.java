package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Small histories of one key with few values, so that some are good by chance and some are not. */
final class RandomHistory {

    private static final int CLIENTS = 3;

    private final Random random;
    private final List<ClientKind> kinds;
    private final long[] free = new long[CLIENTS];
    private final List<Operation> operations = new ArrayList<>();

    private RandomHistory(long seed, List<ClientKind> kinds) {
        this.random = new Random(seed);
        this.kinds = kinds;
    }

    static List<Operation> of(long seed, List<ClientKind> kinds) {
        RandomHistory history = new RandomHistory(seed, kinds);
        int count = 2 + history.random.nextInt(6);
        // Numbers or letters, each with its own actions: both in one history are rarely good.
        boolean numbers = history.random.nextBoolean();
        for (int i = 0; i < count; i++) {
            history.add(numbers);
        }
        return history.operations;
    }

    private void add(boolean numbers) {
        int client = random.nextInt(CLIENTS);
        long invoked = free[client] + random.nextInt(6);
        long completed = invoked + random.nextInt(15);
        free[client] = completed + 1;
        int id = operations.size();
        ClientKind kind = kinds.get(client % kinds.size());
        operations.add(new Operation(id, client, kind, "k", action(numbers), invoked, completed, outcome()));
    }

    private Outcome outcome() {
        int drawn = random.nextInt(10);
        return drawn == 0 ? Outcome.REFUSED : drawn < 3 ? Outcome.UNKNOWN : Outcome.OK;
    }

    private Action action(boolean numbers) {
        return switch (random.nextInt(numbers ? 7 : 5)) {
            case 0, 1 -> new Action.Get(value(numbers));
            case 2 -> new Action.Put(written(numbers));
            case 3 -> random.nextInt(3) == 0 ? new Action.Remove() : new Action.Put(written(numbers));
            case 4 -> new Action.ReplaceIfSame(value(numbers), written(numbers), random.nextInt(3) > 0);
            default -> new Action.Increment(1 + random.nextInt(3));
        };
    }

    private @Nullable String value(boolean numbers) {
        return random.nextInt(4) == 0 ? null : written(numbers);
    }

    private String written(boolean numbers) {
        return numbers
                ? Integer.toString(1 + random.nextInt(3))
                : List.of("a", "b", "c").get(random.nextInt(3));
    }
}
