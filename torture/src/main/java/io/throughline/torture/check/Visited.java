package io.throughline.torture.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The configurations that a search has been in: which steps were taken, and the state. Each is kept as 128 random bits
 * (Zobrist's hashing), as 10,000 bits each would not fit: among a million, two are alike once in 10^26 runs.
 */
final class Visited {

    private record Mark(long high, long low) {
        Mark xor(Mark other) {
            return new Mark(high ^ other.high, low ^ other.low);
        }
    }

    private final SplittableRandom random = new SplittableRandom(7);
    private final Mark[] steps;
    private final Map<State, Mark> states = new HashMap<>();
    private final Set<Mark> visited = new HashSet<>();
    private Mark taken = new Mark(0, 0);

    Visited(int count) {
        steps = new Mark[count];
        for (int i = 0; i < count; i++) {
            steps[i] = mark();
        }
    }

    private Mark mark() {
        return new Mark(random.nextLong(), random.nextLong());
    }

    /** A step was taken or put back. */
    void flip(int position) {
        taken = taken.xor(steps[position]);
    }

    boolean isNew(State state) {
        return visited.add(taken.xor(states.computeIfAbsent(state, unseen -> mark())));
    }

    int size() {
        return visited.size();
    }
}
