package io.throughline.torture.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WireTest {

    private static final List<Action> ACTIONS = List.of(
            new Action.Get(null),
            new Action.Put("a \"b\" \n ü"),
            new Action.Remove(),
            new Action.ReplaceIfSame(null, "v", false),
            new Action.ReplaceIfSame("e", "v", false),
            new Action.Increment(0));

    @Test
    void what_is_asked_arrives_as_it_was() {
        for (Action action : ACTIONS) {
            Wire.Request request = new Wire.Request(7, "key", action);
            assertThat(Wire.request(Wire.request(request))).isEqualTo(request);
        }
    }

    @Test
    void what_is_answered_arrives_as_it_was() {
        for (Action action : List.of(
                new Action.Get(null),
                new Action.Get("seen"),
                new Action.Put("v"),
                new Action.Remove(),
                new Action.ReplaceIfSame("e", "v", true),
                new Action.Increment(17))) {
            Wire.Response response =
                    new Wire.Response(9, new Answer(action, 5_000_000_000L, 6_000_000_001L, Outcome.OK, true, ""));
            assertThat(Wire.response(Wire.response(response), id -> asked(action)))
                    .isEqualTo(response);
        }
    }

    /** Without what was seen. */
    private static Action asked(Action action) {
        if (action instanceof Action.Get) {
            return new Action.Get(null);
        } else if (action instanceof Action.ReplaceIfSame replace) {
            return new Action.ReplaceIfSame(replace.expected(), replace.value(), false);
        }
        return action instanceof Action.Increment ? new Action.Increment(0) : action;
    }

    @Test
    void an_outcome_that_is_not_ok_keeps_its_error() {
        Wire.Response response =
                new Wire.Response(9, new Answer(new Action.Get(null), 1, 2, Outcome.UNKNOWN, false, "UNKNOWN X: why"));
        assertThat(Wire.response(Wire.response(response), id -> new Action.Get(null)))
                .isEqualTo(response);
    }
}
