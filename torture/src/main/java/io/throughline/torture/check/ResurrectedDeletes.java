package io.throughline.torture.check;

import java.util.stream.Stream;

/** What was deleted doesn't come back. */
final class ResurrectedDeletes {

    private ResurrectedDeletes() {}

    static Stream<Finding> in(KeyHistory history) {
        OldReads old = new OldReads(history);
        Overwriting deletes =
                new Overwriting(history.steps().filter(step -> step.effect().equals(new Effect.Writes(State.ABSENT))));
        return history.reads()
                .flatMap(read -> old
                        .replacedBy(read, deletes)
                        .filter(delete -> delete.to() < read.from())
                        .map(delete -> old.finding(
                                Kind.RESURRECTED_DELETE,
                                read,
                                delete,
                                old.said(read, delete) + ", and nobody wrote it again."))
                        .stream());
    }
}
