package io.throughline.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an export has come: the file's length, and for each range the last key that is in it.
 *
 * @param bytes of the file that count; what stands behind them was written after the checkpoint
 */
record ExportCheckpoint(String map, String format, long bytes, long entries, List<RangeProgress> ranges) {

    ExportCheckpoint {
        ranges = List.copyOf(ranges);
    }

    JsonNode toJson() {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("map", map)
                .put("format", format)
                .put("bytes", bytes)
                .put("entries", entries);
        for (RangeProgress progress : ranges) {
            root.withArray("ranges")
                    .addObject()
                    .put("shard", progress.range().shard())
                    .put("after", progress.range().after())
                    .put("to", progress.range().to())
                    .put("last", progress.last())
                    .put("done", progress.done());
        }
        return root;
    }

    static ExportCheckpoint of(JsonNode json) {
        List<RangeProgress> ranges = new ArrayList<>();
        for (JsonNode range : json.path("ranges")) {
            ranges.add(new RangeProgress(
                    new KeyRange(range.path("shard").asText(), text(range, "after"), text(range, "to")),
                    text(range, "last"),
                    range.path("done").asBoolean()));
        }
        return new ExportCheckpoint(
                json.path("map").asText(),
                json.path("format").asText(),
                json.path("bytes").asLong(),
                json.path("entries").asLong(),
                ranges);
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }
}
