package io.throughline.torture.sabotage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A mechanism that is taken out, by changing texts in the product's classes, or emptying methods, as they are loaded. */
@SuppressWarnings("ImmutableEnumChecker") // the lists and maps are unmodifiable copies
enum Sabotage {
    /** Members that were replaced write on. */
    WRITER_CHECK(
            Run.of("replace-writer").with(8, "java", "claim"),
            Map.of(
                    "member = ? AND epoch = ? AND NOT fenced", "member = ? AND (epoch = ? OR true)",
                    "SELECT epoch, fenced, set_config", "SELECT epoch, false AS fenced, set_config")),

    /** Attempts that their clients gave up on overwrite what came after. */
    ROW_GUARD(
            Run.of("stall-member"),
            Map.of(
                    "WHERE batch.deadline BETWEEN %s AND %s + ? AND",
                            "WHERE (batch.deadline BETWEEN %s AND %s + ? OR true) AND",
                    "WHERE row.not_before < -excluded.not_before AND %s",
                            "WHERE (row.not_before < -excluded.not_before AND %s OR true)")),

    /** An operation that is sent again takes effect again. */
    IDEMPOTENT_RETRY(
            Run.of("stall-member,kill-member,kill-primary"),
            Map.of(
                    "(row.attempts IS NULL OR excluded.attempts[1] <> ALL (row.attempts))", "true",
                    "(row.attempts IS NULL OR given.id <> ALL (row.attempts))", "true")),

    /** A client reads from memory what it wrote past it. */
    OVERLAY(Run.of("lock-keys").with(4, "resilient", "mixed"), new EmptyMethod("io/throughline/client/Overlay", "has")),

    /** Commits don't wait for standbys, and nobody notices. */
    SYNCHRONOUS_COMMIT(
            Run.of("kill-ahead"),
            Map.of(
                    "current_setting('synchronous_commit') NOT IN ('off', 'local')",
                    "set_config('synchronous_commit', 'local', true) = 'local'")),

    /** Puts are acknowledged that are on no shard. */
    LOST_STORE(Run.of("kill-standby"), new EmptyMethod("io/throughline/mapstore/store/GridMapStore", "store"));

    /**
     * One that does nothing, or returns false.
     *
     * @param owner as in class files
     */
    record EmptyMethod(String owner, String name) {}

    /**
     * A torture under which it shows.
     *
     * @param faults as its option
     * @param clients likewise
     * @param keys likewise; empty for all
     */
    private record Run(String faults, String clients, String keys) {

        private static Run of(String faults) {
            return new Run(faults, "java,java,resilient,resilient,resilient", "");
        }

        private Run with(int count, String kind, String used) {
            return new Run(faults, String.join(",", Collections.nCopies(count, kind)), used);
        }

        private List<String> options() {
            List<String> options = new ArrayList<>(List.of("--faults=" + faults, "--clients=" + clients));
            if (!keys.isEmpty()) {
                options.add("--keys=" + keys);
            }
            return options;
        }
    }

    private final Run run;
    private final Map<String, String> texts;
    private final List<EmptyMethod> emptied;

    Sabotage(Run run, Map<String, String> texts) {
        this.run = run;
        this.texts = Map.copyOf(texts);
        this.emptied = List.of();
    }

    Sabotage(Run run, EmptyMethod emptied) {
        this.run = run;
        this.texts = Map.of();
        this.emptied = List.of(emptied);
    }

    /** Of {@code ./grid torture}, under which it shows. */
    List<String> options() {
        return run.options();
    }

    /** What stands in the place of what. */
    Map<String, String> texts() {
        return texts;
    }

    List<EmptyMethod> emptied() {
        return emptied;
    }

    /**
     * The class as it is to be; the same array where nothing changes.
     *
     * @param owner as in class files
     */
    byte[] applied(String owner, byte[] classFile) {
        byte[] result = ClassTexts.replaced(classFile, texts);
        for (EmptyMethod method : emptied) {
            if (method.owner().equals(owner)) {
                result = Emptied.in(result, method.name());
            }
        }
        return result;
    }

    /** As on the command line, such as {@code row-guard}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Sabotage named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
