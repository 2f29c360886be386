package io.throughline.torture.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows, and what arrives at them, that meet every branch of the rules often: few ids, deadlines next to the row's. */
final class RandomRows {

    private static final int MOST_REMEMBERED = 4;
    private static final int IDS = 6;
    private static final long FAR_MILLIS = 20_000;

    private final Random random;
    private final long now;

    /** @param now of the shard; nothing that is made is near to it, as time goes on while a statement is on its way */
    RandomRows(long seed, long now) {
        this.random = new Random(seed);
        this.now = now;
    }

    Row row() {
        if (random.nextInt(6) == 0) {
            return Row.NONE;
        }
        long notBefore = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -moment();
            default -> moment();
        };
        return new Row(true, random.nextBoolean(), notBefore, attempts());
    }

    private List<Long> attempts() {
        List<Long> attempts = new ArrayList<>();
        int count = random.nextInt(MOST_REMEMBERED + 1);
        for (int number = 0; number < count; number++) {
            attempts.add(id());
            attempts.add(now - (number + 1) * FAR_MILLIS);
        }
        return List.copyOf(attempts);
    }

    long id() {
        return 2L * (1 + random.nextInt(IDS));
    }

    /** From a minute before to more than the allowed skew ahead. */
    private long moment() {
        return now + (random.nextInt(8) - 3) * FAR_MILLIS + FAR_MILLIS / 2;
    }

    /** Often the row's own, or next to it. */
    long deadline(Row row) {
        return random.nextInt(3) == 0 || row.notBefore() <= 1 ? moment() : row.notBefore() + random.nextInt(3) - 1;
    }

    /** Often next to when the oldest that is remembered was taken. */
    long forgottenFrom() {
        return random.nextInt(3) == 0
                ? Long.MAX_VALUE
                : now - (1 + random.nextInt(MOST_REMEMBERED)) * FAR_MILLIS + random.nextInt(3) - 1;
    }

    boolean chance() {
        return random.nextBoolean();
    }
}
