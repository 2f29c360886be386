package io.throughline.cli.command;

import com.hazelcast.config.Config;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.audit.Audit;
import io.throughline.cli.audit.AuditResult;
import io.throughline.cli.terminal.ProgressLine;
import io.throughline.cli.terminal.Screen;
import io.throughline.mapstore.config.GridMapConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = {
            "Compares what members hold, what the shards have and what their standbys have replayed.",
            "The grid goes on working. A difference is looked at again until the map's time to live is over before it"
                    + " is called one.",
            "Exit code 0 if all agrees, 1 if something differs, 6 if not everything could be compared."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid audit",
            "  ./grid audit --map documents --partitions 0-9,73 --values",
            "  ./grid audit --repair                     evict what differs in memory",
            "  ./grid audit --json | jq '.differences[]'"
        })
final class AuditCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(names = "--map", paramLabel = "MAP", defaultValue = "kv", description = "Default: ${DEFAULT-VALUE}")
    private String map = "kv";

    @Option(
            names = "--partitions",
            paramLabel = "LIST",
            defaultValue = "",
            description = "Only these, such as 0-9,73. Rows are told by the partition that they name. Default: all.")
    private String partitions = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "For a standby that is down or behind. Default: ${DEFAULT-VALUE}")
    private int wait;

    @Option(names = "--values", description = "Show the first characters of values, not only their length and hash.")
    private boolean values;

    @Option(names = "--repair", description = "Evict entries in memory that differ from their rows; nothing else.")
    private boolean repair;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, IOException {
        RunningGrid running = RunningGrid.in(grid.directory());
        GridMapConfig audited = running.map(map);
        Set<Integer> wanted = PartitionList.parse(partitions, running.config().partitions());
        Audit.Options options =
                new Audit.Options(wanted, timeToLive(running), Duration.ofSeconds(Math.max(0, wait)), values, repair);
        HazelcastInstance client = running.connect();
        AuditResult result;
        try {
            result = new Audit(running, client, audited, options, ProgressLine.onStandardError()).run();
        } finally {
            client.shutdown();
        }
        AuditText text = new AuditText(map, result);
        if (json.wanted()) {
            json.print(text.toJson());
        } else {
            text.print(Screen.of(spec.commandLine()));
        }
        return exitCode(result).status();
    }

    /** Of the map's entries, as its members have it. */
    private Duration timeToLive(RunningGrid running) throws IOException {
        Config config =
                new YamlConfigBuilder(running.directory().hazelcastYaml().toString()).build();
        int seconds = config.findMapConfig(map).getTimeToLiveSeconds();
        if (seconds == 0) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "The entries of " + map + " live for ever (time-to-live-seconds 0 in "
                            + running.directory().hazelcastYaml()
                            + "), so that no difference is known to pass. Members want 5.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static ExitCode exitCode(AuditResult result) {
        if (!result.differences().isEmpty()) {
            return ExitCode.NO;
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
