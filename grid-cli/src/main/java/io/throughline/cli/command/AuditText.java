package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.cli.audit.AuditResult;
import io.throughline.cli.audit.Difference;
import io.throughline.cli.terminal.Screen;
import java.util.List;
import java.util.Locale;

/** What an audit found, for people and for scripts. */
record AuditText(String map, AuditResult result) {

    private static final int SHOWN_OF_KEY = 60;
    private static final int SHOWN_DIFFERENCES = 20;

    void print(Screen screen) {
        list(screen, "red", result.differences());
        list(screen, "yellow", result.undecided());
        result.notCompared().forEach((node, reason) -> {
            screen.print("@|yellow not compared|@");
            screen.printRaw("  " + node + ": " + reason);
        });
        screen.print(verdict()
                + String.format(
                        Locale.ROOT,
                        ": %,d entries in the memory of %d partitions and %,d rows of %s in %.1f s; %,d differed for a moment",
                        result.entries(),
                        result.partitions(),
                        result.rows(),
                        map,
                        result.took().toMillis() / 1e3,
                        result.passing()));
    }

    private String verdict() {
        int differences = result.differences().size();
        if (differences > 0) {
            return "@|bold,red " + differences + (differences == 1 ? " difference|@" : " differences|@");
        }
        return result.complete() ? "@|bold,green all agree|@" : "@|bold,yellow not all could be compared|@";
    }

    private static void list(Screen screen, String colour, List<Difference> differences) {
        differences.stream().limit(SHOWN_DIFFERENCES).forEach(difference -> {
            screen.print("@|" + colour + " " + difference.meaning() + "|@");
            screen.printRaw(String.format(
                    Locale.ROOT,
                    "  key %s, partition %d, %s%s, for %.1f s",
                    shortened(difference.key()),
                    difference.partition(),
                    difference.shard(),
                    remark(difference),
                    difference.observed().toMillis() / 1e3));
            screen.printRaw("  memory   " + difference.memory());
            screen.printRaw("  primary  " + difference.primary());
            difference.standbys().forEach((node, row) -> screen.printRaw("  " + node + "  " + row));
            screen.printRaw("  " + difference.advice());
        });
        if (differences.size() > SHOWN_DIFFERENCES) {
            screen.print("and " + (differences.size() - SHOWN_DIFFERENCES) + " more; --json shows them all");
        }
    }

    private static String remark(Difference difference) {
        boolean elsewhere = difference.rowPartition() >= 0 && difference.rowPartition() != difference.partition();
        return elsewhere ? " (its row says " + difference.rowPartition() + ")" : "";
    }

    private static String shortened(String key) {
        return key.length() <= SHOWN_OF_KEY ? key : key.substring(0, SHOWN_OF_KEY) + "…";
    }

    ObjectNode toJson() {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("map", map)
                .put("agrees", result.agrees())
                .put("partitions", result.partitions())
                .put("entries", result.entries())
                .put("rows", result.rows())
                .put("passing", result.passing())
                .put("seconds", result.took().toMillis() / 1e3);
        add(root.putArray("differences"), result.differences());
        add(root.putArray("undecided"), result.undecided());
        ObjectNode notCompared = root.putObject("notCompared");
        result.notCompared().forEach(notCompared::put);
        return root;
    }

    private static void add(ArrayNode array, List<Difference> differences) {
        for (Difference difference : differences) {
            ObjectNode entry = array.addObject()
                    .put("kind", difference.kind())
                    .put("node", difference.node())
                    .put("shard", difference.shard())
                    .put("partition", difference.partition())
                    .put("rowPartition", difference.rowPartition())
                    .put("key", difference.key())
                    .put("memory", difference.memory())
                    .put("primary", difference.primary())
                    .put("seconds", difference.observed().toMillis() / 1e3)
                    .put("advice", difference.advice());
            ObjectNode standbys = entry.putObject("standbys");
            difference.standbys().forEach(standbys::put);
        }
    }
}
