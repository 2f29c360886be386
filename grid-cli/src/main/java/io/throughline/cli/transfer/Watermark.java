package io.throughline.cli.transfer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Up to where a file is done, while its entries are written side by side and finish in any order: everything before the
 * watermark is done. What is done behind it would be written again after a restart, which changes nothing, as the same
 * values are written in the same order for each key. Thread-safe.
 */
final class Watermark {

    private final Deque<Step> open = new ArrayDeque<>();
    private Position position;

    Watermark(Position start) {
        this.position = start;
    }

    /** One entry that was begun. */
    final class Step {

        private final Position end;
        private boolean done;

        private Step(Position end) {
            this.end = end;
        }

        void done() {
            synchronized (open) {
                done = true;
                advance();
            }
        }
    }

    /** In the file's order. */
    Step begin(Position end) {
        Step step = new Step(end);
        synchronized (open) {
            open.addLast(step);
        }
        return step;
    }

    Position position() {
        synchronized (open) {
            return position;
        }
    }

    private void advance() {
        while (!open.isEmpty() && open.getFirst().done) {
            position = open.removeFirst().end;
        }
    }
}
