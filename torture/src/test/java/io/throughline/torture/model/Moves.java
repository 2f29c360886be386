package io.throughline.torture.model;

import java.util.ArrayList;
import java.util.List;

/** What can happen next. Sentences are made only for a story, as a search has millions of moves. */
final class Moves {

    /** One step. */
    record Move(String sentence, State state) {}

    private final boolean told;
    private final List<Move> moves = new ArrayList<>();

    private Moves(boolean told) {
        this.told = told;
    }

    static Moves silent() {
        return new Moves(false);
    }

    static Moves told() {
        return new Moves(true);
    }

    // The annotation that is wanted is on no class path of this project.
    @SuppressWarnings("AnnotateFormatMethod")
    void add(State state, String sentence, Object... names) {
        moves.add(new Move(told ? sentence.formatted(names) : "", state));
    }

    List<Move> list() {
        return moves;
    }
}
