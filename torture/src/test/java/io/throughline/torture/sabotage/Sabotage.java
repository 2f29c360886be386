package io.throughline.torture.sabotage;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A mechanism that is taken out, by changing texts in the product's classes, or emptying methods, as they are loaded. */
@SuppressWarnings("ImmutableEnumChecker") // the lists and maps are unmodifiable copies
enum Sabotage {
    /** Members that were replaced write on. */
    WRITER_CHECK(
            List.of("stall-member"),
            Map.of(
                    "member = ? AND epoch = ? AND NOT fenced", "member = ? AND (epoch = ? OR true)",
                    "SELECT epoch, fenced, set_config", "SELECT epoch, false AS fenced, set_config")),

    /** Attempts that their clients gave up on overwrite what came after. */
    ROW_GUARD(
            List.of("stall-member"),
            Map.of(
                    "WHERE batch.deadline BETWEEN %s AND %s + ? AND",
                            "WHERE (batch.deadline BETWEEN %s AND %s + ? OR true) AND",
                    "WHERE row.not_before < -excluded.not_before AND %s",
                            "WHERE (row.not_before < -excluded.not_before AND %s OR true)")),

    /** An operation that is sent again takes effect again. */
    IDEMPOTENT_RETRY(
            List.of("stall-member", "kill-member", "kill-primary"),
            Map.of(
                    "(row.attempts IS NULL OR excluded.attempts[1] <> ALL (row.attempts))", "true",
                    "(row.attempts IS NULL OR given.id <> ALL (row.attempts))", "true")),

    /** A client reads from memory what it wrote past it. */
    OVERLAY(List.of("stall-member"), new EmptyMethod("io/throughline/client/Overlay", "has")),

    /** Puts are acknowledged that are on no shard. */
    LOST_STORE(List.of("kill-standby"), new EmptyMethod("io/throughline/mapstore/store/GridMapStore", "store"));

    /**
     * One that does nothing, or returns false.
     *
     * @param owner as in class files
     */
    record EmptyMethod(String owner, String name) {}

    private final List<String> faults;
    private final Map<String, String> texts;
    private final List<EmptyMethod> emptied;

    Sabotage(List<String> faults, Map<String, String> texts) {
        this.faults = List.copyOf(faults);
        this.texts = Map.copyOf(texts);
        this.emptied = List.of();
    }

    Sabotage(List<String> faults, EmptyMethod emptied) {
        this.faults = List.copyOf(faults);
        this.texts = Map.of();
        this.emptied = List.of(emptied);
    }

    /** Under which it shows. */
    List<String> faults() {
        return faults;
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

    static Sabotage named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
