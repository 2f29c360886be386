package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.client.PartitionPlace;
import io.throughline.cli.shards.RowCopy;
import io.throughline.cli.shards.RowLookup;
import io.throughline.cli.terminal.Screen;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "where",
        description = {
            "Shows where a key lives, and its row on every node.",
            "Its partition, the member that owns it and those that have its copies, its shard, and its row on the"
                    + " primary and on each standby, read with SQL."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./grid where a", "  ./grid where --map documents d1 --json"})
final class WhereCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(names = "--map", paramLabel = "MAP", defaultValue = "kv", description = "Default: ${DEFAULT-VALUE}")
    private String map = "kv";

    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunningGrid running = RunningGrid.in(grid.directory());
        running.map(map);
        PartitionPlace place;
        HazelcastInstance client = running.connectForOneOperation();
        try {
            place = PartitionPlace.of(client, running.state(), key);
        } finally {
            client.getLifecycleService().terminate();
        }
        RowLookup lookup = new RowLookup(running.config(), running.map(map));
        String shard = lookup.shardOf(place.partition());
        Map<String, RowLookup.Found> rows = lookup.rows(running.state(), shard, key);
        if (json.wanted()) {
            json.print(toJson(place, shard, rows));
        } else {
            print(Screen.of(spec.commandLine()), place, shard, rows);
        }
        return ExitCode.DONE.status();
    }

    private static void print(Screen screen, PartitionPlace place, String shard, Map<String, RowLookup.Found> rows) {
        screen.print("partition  " + place.partition());
        screen.print("owner      " + place.owner());
        screen.print("copies     " + place.copies());
        screen.print("shard      " + shard);
        rows.forEach((node, found) -> screen.printRaw(String.format(
                Locale.ROOT,
                "%-10s %s",
                node,
                found.row().map(WhereCommand::text).orElse(found.remark()))));
    }

    private static String text(RowCopy row) {
        String role = row.role().name().toLowerCase(Locale.ROOT);
        String value = row.tombstone() ? "removed (tombstone)" : row.bytes() + " bytes: " + row.value();
        return role + ", written " + row.writtenAt() + ", " + value;
    }

    private ObjectNode toJson(PartitionPlace place, String shard, Map<String, RowLookup.Found> rows) {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("map", map)
                .put("key", key)
                .put("partition", place.partition())
                .put("owner", place.owner())
                .put("copies", place.copies())
                .put("shard", shard);
        rows.forEach((node, found) -> {
            ObjectNode entry = root.withArray("rows")
                    .addObject()
                    .put("node", node)
                    .put("present", found.row().isPresent())
                    .put("remark", found.remark());
            found.row()
                    .ifPresent(row -> entry.put("role", row.role().name().toLowerCase(Locale.ROOT))
                            .put("partition", row.partition())
                            .put("writtenAt", row.writtenAt())
                            .put("tombstone", row.tombstone())
                            .put("bytes", row.bytes())
                            .put("value", row.value()));
        });
        return root;
    }
}
