package io.throughline.torture.model;

import io.throughline.mapstore.attempt.AttemptOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a row takes: the twin of the SQL in {@code MapTable}, {@code DirectStatement} and {@code RowGuard}, which {@link
 * RowAgreementTest} holds it to.
 *
 * @param remembered how many operations a row remembers; 4 in the product
 * @param maxClockSkew ms that a deadline may be ahead
 */
record RowRules(int remembered, long maxClockSkew, Set<Mechanism> missing) {

    private static final int IN_THE_PRODUCT = 8;

    /** What became of the row. */
    record Attempted(Row row, AttemptOutcome outcome) {}

    /** @param applied whether it was written by this copy */
    record Written(Row row, boolean applied) {}

    /** A plain put: no guard; it leaves what the row knows as it is. */
    Row put(Row row) {
        return new Row(true, true, row.notBefore(), row.attempts());
    }

    /** A plain delete: a row that has seen attempts stays, without its value. */
    Row delete(Row row) {
        boolean mustStay =
                row.exists() && (row.notBefore() > 0 || !row.attempts().isEmpty()) && has(Mechanism.TOMBSTONES);
        return mustStay ? new Row(true, false, row.notBefore(), row.attempts()) : Row.NONE;
    }

    /** An attempt through a member. One that makes the row leaves its deadline there, negated. */
    Attempted attempt(Row row, long id, long deadline, long now) {
        boolean inTime = deadline >= now || !has(Mechanism.LATE_ATTEMPTS_REFUSED);
        boolean taken = inTime && deadline <= now + maxClockSkew && passes(row, id, deadline);
        if (taken) {
            long notBefore = row.exists() ? row.notBefore() : -deadline;
            return new Attempted(new Row(true, true, notBefore, remember(row, id, now)), AttemptOutcome.APPLIED);
        }
        return new Attempted(row, refusal(row, id, deadline, now));
    }

    private static AttemptOutcome refusal(Row row, long id, long deadline, long now) {
        if (row.hasTaken(id)) {
            return AttemptOutcome.REPEATED;
        }
        return (row.exists() && row.notBefore() >= deadline) || deadline <= now
                ? AttemptOutcome.OVERTAKEN
                : AttemptOutcome.AHEAD;
    }

    /** A client's own write: the seal, and then the write, in one transaction. */
    Written direct(Row before, boolean deletes, long id, long deadline, boolean seal, long forgottenFrom, long now) {
        if (deadline > now + maxClockSkew) {
            return new Written(before, false);
        }
        Row row = seal && has(Mechanism.SEAL) ? sealed(before, deadline - 1) : before;
        if (!passes(row, id, deadline) || mayHaveForgotten(row, forgottenFrom)) {
            return new Written(row, false);
        }
        long notBefore = has(Mechanism.DEADLINE_IN_ROW) ? deadline : row.notBefore();
        Row after = new Row(true, !deletes, notBefore, remember(row, id, now));
        return new Written(deletes && !has(Mechanism.TOMBSTONES) ? Row.NONE : after, true);
    }

    private static Row sealed(Row row, long notBefore) {
        if (!row.exists()) {
            return new Row(true, false, notBefore, List.of());
        }
        return row.notBefore() < notBefore ? new Row(true, row.present(), notBefore, row.attempts()) : row;
    }

    private boolean passes(Row row, long id, long deadline) {
        if (!row.exists() || !has(Mechanism.ROW_GUARD)) {
            return true;
        }
        return row.notBefore() < deadline && !(row.hasTaken(id) && has(Mechanism.ID_IN_ATTEMPTS));
    }

    private boolean mayHaveForgotten(Row row, long forgottenFrom) {
        return has(Mechanism.FORGOTTEN_REFUSED)
                && row.attempts().size() == 2 * remembered
                && row.attempts().get(2 * remembered - 1) >= forgottenFrom;
    }

    /** What a row that remembers as much as it can would show of four operations: the oldest is there as often as needed. */
    List<Long> asIfFour(List<Long> attempts) {
        if (attempts.size() < 2 * remembered) {
            return attempts;
        }
        List<Long> all = new ArrayList<>(attempts);
        while (all.size() < IN_THE_PRODUCT) {
            all.addAll(attempts.subList(attempts.size() - 2, attempts.size()));
        }
        return all;
    }

    private List<Long> remember(Row row, long id, long now) {
        List<Long> all = new ArrayList<>(List.of(id, now));
        all.addAll(row.attempts());
        return List.copyOf(all.subList(0, Math.min(all.size(), 2 * remembered)));
    }

    private boolean has(Mechanism mechanism) {
        return !missing.contains(mechanism);
    }
}
