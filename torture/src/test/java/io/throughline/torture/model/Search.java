package io.throughline.torture.model;

import io.throughline.torture.model.Moves.Move;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Breadth first through every state that can be reached, so that what is found has the shortest story. */
final class Search {

    /**
     * What was found.
     *
     * @param states that were seen
     * @param story how a property was broken, a sentence a step; empty where none was
     * @param broken the property; empty where none was
     */
    record Found(int states, List<String> story, List<Property> broken) {

        boolean holds() {
            return broken.isEmpty();
        }
    }

    private final Protocol protocol;
    private final Map<State, State> before = new HashMap<>();
    private final Queue<State> open = new ArrayDeque<>();

    Search(Scenario scenario, Set<Mechanism> missing) {
        this.protocol = new Protocol(scenario, missing);
    }

    Found run() {
        State begin = protocol.begin();
        before.put(begin, begin);
        open.add(begin);
        for (State state = open.poll(); state != null; state = open.poll()) {
            for (Move move : protocol.next(state)) {
                State next = move.state();
                if (before.putIfAbsent(next, state) == null) {
                    if (!next.ledger().broken().isEmpty()) {
                        return new Found(
                                before.size(), story(next), next.ledger().broken());
                    }
                    open.add(next);
                }
            }
        }
        return new Found(before.size(), List.of(), List.of());
    }

    private List<String> story(State end) {
        List<String> story = new ArrayList<>();
        State state = end;
        for (State cause = cause(state); !cause.equals(state); cause = cause(state)) {
            story.add(sentence(cause, state));
            state = cause;
        }
        Collections.reverse(story);
        return story;
    }

    private State cause(State state) {
        State cause = before.get(state);
        if (cause == null) {
            throw new IllegalStateException("a state without a cause");
        }
        return cause;
    }

    private String sentence(State cause, State effect) {
        return protocol.told(cause).stream()
                .filter(move -> move.state().equals(effect))
                .map(Move::sentence)
                .findFirst()
                .orElseThrow();
    }
}
