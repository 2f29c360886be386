package io.throughline.torture.clients;

import io.throughline.bench.generator.Failure;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.Outcome;

/** Puts times and outcomes to calls. A failure is refused only where the grid says so, else unknown (DESIGN.md, promise 7). */
record TimedCalls(GridCalls calls, RunClock clock) {

    Answer perform(String key, Action asked) {
        long invoked = clock.now();
        try {
            GridCalls.Done done = calls.call(key, asked);
            return new Answer(done.action(), invoked, clock.now(), Outcome.OK, done.direct(), "");
        } catch (RuntimeException e) {
            long completed = clock.now();
            Failure failure = Failure.of(e);
            return new Answer(
                    asked,
                    invoked,
                    completed,
                    failure.refused() ? Outcome.REFUSED : Outcome.UNKNOWN,
                    calls.mayGoDirectly(),
                    failure.code() + ": " + failure.message());
        }
    }
}
