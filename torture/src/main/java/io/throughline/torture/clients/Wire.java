package io.throughline.torture.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.torture.history.Action;
import io.throughline.torture.history.Outcome;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a client in a process of its own is asked, and answers: one JSON object a line.
 *
 * <pre>
 * {"id": 7, "do": "replace", "key": "k", "expected": null, "value": "c3-12"}
 * {"id": 7, "invoked": 1000, "completed": 2000, "outcome": "ok", "replaced": true, "direct": false, "error": ""}
 * </pre>
 */
final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    record Request(long id, String key, Action asked) {}

    record Response(long id, Answer answer) {}

    static String request(Request request) {
        ObjectNode line = JSON.createObjectNode().put("id", request.id()).put("key", request.key());
        Action asked = request.asked();
        if (asked instanceof Action.Put put) {
            line.put("do", "put").put("value", put.value());
        } else if (asked instanceof Action.ReplaceIfSame replace) {
            line.put("do", "replace").put("expected", replace.expected()).put("value", replace.value());
        } else {
            line.put("do", asked.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        return line.toString();
    }

    static Request request(String text) {
        JsonNode line = parse(text);
        return new Request(line.path("id").asLong(), line.path("key").asText(), asked(line));
    }

    private static Action asked(JsonNode line) {
        String deed = line.path("do").asText();
        return switch (deed) {
            case "get" -> new Action.Get(null);
            case "put" -> new Action.Put(line.path("value").asText());
            case "remove" -> new Action.Remove();
            case "replace" ->
                new Action.ReplaceIfSame(
                        text(line, "expected"), line.path("value").asText(), false);
            case "increment" -> new Action.Increment(0);
            default -> throw new IllegalArgumentException("'" + deed + "' can't be done");
        };
    }

    static String response(Response response) {
        Answer answer = response.answer();
        ObjectNode line = JSON.createObjectNode()
                .put("id", response.id())
                .put("invoked", answer.invoked())
                .put("completed", answer.completed())
                .put("outcome", answer.outcome().name().toLowerCase(Locale.ROOT))
                .put("direct", answer.direct())
                .put("error", answer.error());
        if (answer.action() instanceof Action.Get get) {
            line.put("seen", get.seen());
        } else if (answer.action() instanceof Action.ReplaceIfSame replace) {
            line.put("replaced", replace.replaced());
        } else if (answer.action() instanceof Action.Increment increment) {
            line.put("result", increment.result());
        }
        return line.toString();
    }

    /** @param asked what this request was, by its id */
    static Response response(String text, LongFunction<@Nullable Action> asked) {
        JsonNode line = parse(text);
        long id = line.path("id").asLong();
        Action action = asked.apply(id);
        if (action == null) {
            throw new IllegalArgumentException("nothing was asked as " + id);
        }
        return new Response(
                id,
                new Answer(
                        seen(action, line),
                        line.path("invoked").asLong(),
                        line.path("completed").asLong(),
                        Outcome.valueOf(line.path("outcome").asText().toUpperCase(Locale.ROOT)),
                        line.path("direct").asBoolean(),
                        line.path("error").asText()));
    }

    private static Action seen(Action asked, JsonNode line) {
        if (asked instanceof Action.Get) {
            return new Action.Get(text(line, "seen"));
        } else if (asked instanceof Action.ReplaceIfSame replace) {
            return new Action.ReplaceIfSame(
                    replace.expected(), replace.value(), line.path("replaced").asBoolean());
        } else if (asked instanceof Action.Increment) {
            return new Action.Increment(line.path("result").asLong());
        }
        return asked;
    }

    private static @Nullable String text(JsonNode line, String field) {
        JsonNode value = line.path(field);
        return value.isTextual() ? value.textValue() : null;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a line of JSON: " + text, e);
        }
    }
}
