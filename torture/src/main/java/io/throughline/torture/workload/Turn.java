package io.throughline.torture.workload;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One step of a workload on one key: an operation or two. Stateless. */
enum Turn {

    /** Gets, puts, removes, and replaces what was just read. */
    REGISTER {
        @Override
        void take(Hands hands, String key, Random random, Supplier<String> fresh) {
            int dice = random.nextInt(100);
            if (dice < 40) {
                hands.perform(key, new Action.Get(null));
            } else if (dice < 70) {
                hands.perform(key, new Action.Put(fresh.get()));
            } else if (dice < 78) {
                hands.perform(key, new Action.Remove());
            } else {
                read(hands, key).ifPresent(seen -> replace(hands, key, seen.text(), fresh.get()));
            }
        }
    },

    /** Gets, puts and removes: no condition, so that clients of any kind may share the key. */
    UNCONDITIONAL {
        @Override
        void take(Hands hands, String key, Random random, Supplier<String> fresh) {
            int dice = random.nextInt(100);
            if (dice < 50) {
                hands.perform(key, new Action.Get(null));
            } else if (dice < 94) {
                hands.perform(key, new Action.Put(fresh.get()));
            } else {
                hands.perform(key, new Action.Remove());
            }
        }
    },

    /** Appends to a list in the value, by compare-and-set. */
    LIST {
        @Override
        void take(Hands hands, String key, Random random, Supplier<String> fresh) {
            read(hands, key)
                    .ifPresent(seen -> replace(
                            hands,
                            key,
                            seen.text(),
                            seen.text() == null ? fresh.get() : seen.text() + "," + fresh.get()));
        }
    },

    /** Counts with an entry processor, and looks now and then. */
    COUNTER {
        @Override
        void take(Hands hands, String key, Random random, Supplier<String> fresh) {
            hands.perform(key, random.nextInt(100) < 70 ? new Action.Increment(0) : new Action.Get(null));
        }
    },

    /** Whoever comes first has it for good. */
    CLAIM {
        @Override
        void take(Hands hands, String key, Random random, Supplier<String> fresh) {
            if (random.nextInt(100) < 30) {
                hands.perform(key, new Action.Get(null));
            } else {
                replace(hands, key, null, fresh.get());
            }
        }
    },

    /** A value once and for all, then reads. */
    ONCE {
        @Override
        void take(Hands hands, String key, Random random, Supplier<String> fresh) {
            hands.perform(key, new Action.Put(fresh.get()));
            hands.perform(key, new Action.Get(null));
        }
    };

    /** @param fresh gives a value that no other write has, so that a read tells which write it saw */
    abstract void take(Hands hands, String key, Random random, Supplier<String> fresh);

    /** @param text null where the key is absent */
    private record Seen(@Nullable String text) {}

    private static Optional<Seen> read(Hands hands, String key) {
        Operation read = hands.perform(key, new Action.Get(null));
        return read.outcome() == Outcome.OK && read.action() instanceof Action.Get got
                ? Optional.of(new Seen(got.seen()))
                : Optional.empty();
    }

    private static void replace(Hands hands, String key, @Nullable String expected, String value) {
        hands.perform(key, new Action.ReplaceIfSame(expected, value, false));
    }
}
