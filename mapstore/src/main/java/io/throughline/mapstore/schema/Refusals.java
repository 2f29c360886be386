package io.throughline.mapstore.schema;

import io.throughline.mapstore.StartRefusedException;
import java.util.ArrayList;
import java.util.List;

/** Gathers why a member may not start, so that one error names it all. */
final class Refusals {

    private final List<String> reasons = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    void add(String reason) {
        reasons.add(reason);
    }

    void add(String reason, Throwable cause) {
        reasons.add(reason);
        causes.add(cause);
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    void throwIfAny() {
        if (!reasons.isEmpty()) {
            throw exception();
        }
    }

    StartRefusedException exception() {
        String message = "Throughline may not start here:\n  " + String.join("\n  ", reasons);
        StartRefusedException refusal = causes.isEmpty()
                ? new StartRefusedException(message)
                : new StartRefusedException(message, causes.get(0));
        causes.stream().skip(1).forEach(refusal::addSuppressed);
        return refusal;
    }
}
