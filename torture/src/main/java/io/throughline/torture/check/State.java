package io.throughline.torture.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a key can hold, as far as a search knows.
 *
 * @param text the value; empty where there is none or where it isn't known
 */
record State(Known known, String text) {

    enum Known {
        ABSENT,
        TEXT,
        /** A number that an increment without an answer left: the next read says which. */
        SOME_NUMBER
    }

    static final State ABSENT = new State(Known.ABSENT, "");
    static final State SOME_NUMBER = new State(Known.SOME_NUMBER, "");

    static State of(@Nullable String value) {
        return value == null ? ABSENT : new State(Known.TEXT, value);
    }

    static State of(long number) {
        return of(Long.toString(number));
    }

    boolean mayBe(State other) {
        return equals(other) || (known == Known.SOME_NUMBER && other.known == Known.TEXT && other.isNumber());
    }

    boolean isNumber() {
        return known == Known.SOME_NUMBER || number().isPresent();
    }

    /** As an increment takes it: absent counts as 0. */
    Optional<Long> number() {
        return switch (known) {
            case ABSENT -> Optional.of(0L);
            case SOME_NUMBER -> Optional.empty();
            case TEXT -> parsed(text);
        };
    }

    private static Optional<Long> parsed(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
