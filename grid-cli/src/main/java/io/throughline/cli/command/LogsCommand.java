package io.throughline.cli.command;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.terminal.FileTail;
import io.throughline.cli.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        description = "Shows the logs of the members and of the PostgreSQL nodes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./grid logs -f", "  ./grid logs member-1 -n 100", "  ./grid logs shard-1/node-2"})
final class LogsCommand implements Callable<Integer> {

    private static final long LOOK_EVERY_MILLIS = 200;

    @Mixin
    private GridOption grid = new GridOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A member or a node as in './grid status', or 'up' for a detached up. Default: all.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the last lines. Default: ${DEFAULT-VALUE}")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as lines are added; Ctrl-C ends it.")
    private boolean follow;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Screen screen = Screen.of(spec.commandLine());
        Map<String, FileTail> tails = new LinkedHashMap<>();
        for (Map.Entry<String, Path> log : wanted().entrySet()) {
            tails.put(log.getKey(), FileTail.fromEnd(log.getValue(), lines));
        }
        do {
            for (Map.Entry<String, FileTail> tail : tails.entrySet()) {
                String prefix = tails.size() == 1 ? "" : String.format(Locale.ROOT, "%-15s | ", tail.getKey());
                tail.getValue().read(line -> screen.printRaw(prefix + line));
            }
            if (follow) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } while (follow);
        return ExitCode.DONE.status();
    }

    private Map<String, Path> wanted() {
        Map<String, Path> all = all(grid.directory());
        if (name == null) {
            return all;
        }
        Path log = all.get(name);
        if (log == null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "There is no log of '" + name + "', only of " + String.join(", ", all.keySet()) + ".");
        }
        return Map.of(name, log);
    }

    private static Map<String, Path> all(GridDirectory directory) {
        GridState state = directory.existingState();
        Map<String, Path> logs = new LinkedHashMap<>();
        logs.put("up", directory.upLog());
        state.members()
                .forEach(member ->
                        logs.put(member.name(), directory.member(member.name()).resolve("member.log")));
        state.shards().forEach(shard -> shard.nodes().forEach(node -> logs.put(node.name(), node.log())));
        return logs;
    }
}
