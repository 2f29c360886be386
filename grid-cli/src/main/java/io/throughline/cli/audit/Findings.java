package io.throughline.cli.audit;

import io.throughline.cli.audit.SecondLooks.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells what was found, and what to do about it. */
final class Findings {

    private final Predicate<String> evict;
    private final boolean repair;

    /**
     * @param evict throws a key's entry out of the members' memory
     * @param repair whether to do it
     */
    Findings(Predicate<String> evict, boolean repair) {
        this.evict = evict;
        this.repair = repair;
    }

    /** Real ones. What is repaired is so after this. */
    List<Difference> different(SecondLooks.Outcome outcome) {
        List<Seen> seen = Stream.concat(outcome.different().stream(), outcome.undecided().stream())
                .toList();
        return all(seen, Suspect::lasting, this::advice);
    }

    List<Difference> undecided(SecondLooks.Outcome outcome) {
        return all(
                outcome.undecided(),
                Suspect::open,
                (aspect, key) -> "it changed at every look, or is under way: audit again");
    }

    private interface Advice {
        String on(Aspect aspect, String key);
    }

    private static List<Difference> all(List<Seen> seen, Function<Suspect, Set<Aspect>> which, Advice advice) {
        List<Difference> differences = new ArrayList<>();
        for (Seen one : seen) {
            which.apply(one.suspect())
                    .forEach(aspect -> differences.add(difference(
                            one, aspect, advice.on(aspect, one.suspect().key()))));
        }
        differences.sort(Comparator.comparingInt(Difference::partition)
                .thenComparing(Difference::key)
                .thenComparing(Difference::kind));
        return differences;
    }

    private static Difference difference(Seen seen, Aspect aspect, String advice) {
        KeyLook look = seen.look();
        Map<String, String> standbys = new LinkedHashMap<>();
        look.standbys().forEach((node, row) -> standbys.put(node, row.toString()));
        return new Difference(
                aspect.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                aspect.node(),
                aspect.kind().meaning(),
                seen.suspect().shard(),
                look.partition(),
                look.after().partition(),
                seen.suspect().key(),
                look.memory().toString(),
                look.after().toString(),
                standbys,
                seen.suspect().observed(aspect),
                advice);
    }

    private String advice(Aspect aspect, String key) {
        return switch (aspect.kind()) {
            case MEMORY -> repair ? evicted(key) : "--repair evicts the entry; the row is the truth";
            case STANDBY, STANDBY_AHEAD ->
                "can't be repaired from here: clone " + aspect.node() + " anew from its primary";
            case PARTITION -> "put the key again through the grid: its row then names its partition";
            case SHARD ->
                "it was written past the grid, and no get reads it: keep its value if it is the later one, then delete it"
                        + " there with SQL";
        };
    }

    private String evicted(String key) {
        return evict.test(key) ? "evicted: the next get reads the row" : "was gone from memory before it was evicted";
    }
}
