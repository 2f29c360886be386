package io.throughline.torture.check;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A history of one key as a person writes it, one operation a line:
 *
 * <pre>
 * p1 put a           0..10          plain client 1 put "a" between 0 and 10 ms
 * r2 put b           5..20 unknown  a resilient client's, without an answer; or: refused
 * r2 put c          30..40 direct   it fell back
 * p1 get a           5..6           read "a"; a dash is an absent entry
 * p1 replace a b yes 7..8           replaced a by b; or: no
 * e3 inc 4           7..9 moved     an embedded member's increment that answered 4, while the partition moved
 * p1 get a           9..9 cut       perhaps from a member that was cut off
 * p1 remove         10..11
 * </pre>
 *
 * Ids count from 0. The time to live is 5,000 ms.
 */
record WrittenHistory(List<Operation> operations, Circumstances circumstances) {

    static final String KEY = "k";

    private static final Pattern LINE =
            Pattern.compile("([prey])(\\d+)\\s+(\\w+)\\s*(.*?)\\s+(\\d+)\\.\\.(\\d+)\\s*([a-z ]*)");

    static WrittenHistory of(String text) {
        List<Operation> operations = new ArrayList<>();
        Set<Integer> direct = new HashSet<>();
        Set<Integer> moved = new HashSet<>();
        Set<Integer> cut = new HashSet<>();
        for (String line : text.strip().split("\n")) {
            int id = operations.size();
            Matcher matched = LINE.matcher(line.strip());
            if (!matched.matches()) {
                throw new IllegalArgumentException(line);
            }
            Set<String> flags = Set.of(matched.group(7).strip().split(" +"));
            operations.add(operation(id, matched, flags));
            Map.of("direct", direct, "moved", moved, "cut", cut).forEach((flag, ids) -> {
                if (flags.contains(flag)) {
                    ids.add(id);
                }
            });
        }
        return new WrittenHistory(
                operations,
                Circumstances.calm()
                        .fellBack(operation -> direct.contains(operation.id()))
                        .moved(operation -> moved.contains(operation.id()))
                        .cutOff(operation -> cut.contains(operation.id())));
    }

    CheckResult checked() {
        return checked(List.of());
    }

    CheckResult checked(List<StoredValue> stored) {
        return new HistoryChecker(circumstances).check(operations, Map.of(KEY, stored));
    }

    private static Operation operation(int id, Matcher matched, Set<String> flags) {
        Outcome outcome =
                flags.contains("unknown") ? Outcome.UNKNOWN : flags.contains("refused") ? Outcome.REFUSED : Outcome.OK;
        return new Operation(
                id,
                Integer.parseInt(matched.group(2)),
                kind(matched.group(1)),
                KEY,
                action(matched.group(3), matched.group(4).split(" +")),
                Long.parseLong(matched.group(5)) * 1_000_000,
                Long.parseLong(matched.group(6)) * 1_000_000,
                outcome);
    }

    private static ClientKind kind(String letter) {
        return switch (letter) {
            case "p" -> ClientKind.PLAIN;
            case "r" -> ClientKind.RESILIENT;
            case "e" -> ClientKind.EMBEDDED;
            default -> ClientKind.PYTHON;
        };
    }

    private static Action action(String name, String[] words) {
        return switch (name) {
            case "get" -> new Action.Get(value(words[0]));
            case "put" -> new Action.Put(words[0]);
            case "remove" -> new Action.Remove();
            case "inc" -> new Action.Increment(Long.parseLong(words[0]));
            case "replace" -> new Action.ReplaceIfSame(value(words[0]), words[1], words[2].equals("yes"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static @Nullable String value(String word) {
        return word.equals("-") ? null : word;
    }
}
