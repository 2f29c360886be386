package io.throughline.cli.command;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.LocalGrid;
import io.throughline.cli.LocalGridConfig;
import io.throughline.cli.local.GridWatch;
import io.throughline.cli.local.StopRequest;
import io.throughline.cli.terminal.Screen;
import io.throughline.localpostgres.FailoverWatch;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Starts a grid on this machine and stays with it; Ctrl-C stops it.",
            "PostgreSQL shards of a primary and two standbys each, and Hazelcast members in JVMs of their own, on"
                    + " loopback only. Starts again what ends and replaces a primary that fails."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid up                               in .grid, three members, two shards",
            "  ./grid up --detach                      returns once the grid is ready",
            "  ./grid up --dir /tmp/other --members 1  a second grid beside it, on free ports"
        })
final class UpCommand implements Callable<Integer> {

    /** Behind it nothing more is printed until something happens. */
    static final String LAST_LINE = "Ctrl-C or './grid down' stops it.";

    @Mixin
    private GridOption grid = new GridOption();

    @Option(names = "--detach", description = "Run in the background; './grid down' stops it.")
    private boolean detach;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Hazelcast members, 1 to 20. Default: as last time, else 3.")
    private @Nullable Integer members;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Shards, 1 to 64; fixed once the grid is made. Default: as last time, else 2.")
    private @Nullable Integer shards;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Heap of each member, as in -Xmx; './grid size' tells how much. Default: ${DEFAULT-VALUE}")
    private String heap = "512m";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        LocalGridConfig config = config();
        if (detach) {
            return new DetachedUp(config, screen).run();
        }
        StopRequest stop = StopRequest.onSignal();
        ExitCode ended = ExitCode.FAILED;
        try {
            serve(config, screen, stop);
            ended = ExitCode.DONE;
        } catch (CommandFailed e) {
            if (e.exitCode() != ExitCode.DONE) {
                throw e;
            }
            screen.print("Stopped.");
            ended = ExitCode.DONE;
        } finally {
            stop.answer(ended);
        }
        return ended.status();
    }

    private static void serve(LocalGridConfig config, Screen screen, StopRequest stop) {
        UpProgress progress = new UpProgress(screen);
        try (LocalGrid running = LocalGrid.start(config.withProgress(progress), stop::isMade)) {
            FailoverWatch failovers = running.shards().watch();
            GridWatch watch = new GridWatch(running, progress);
            try {
                progress.ready();
                new HowToConnect(running.directory().existingState()).print(screen);
                screen.printRaw(LAST_LINE);
                stop.await();
                screen.print("Stopping …");
            } finally {
                watch.close();
                failovers.close();
            }
        }
        screen.print("Stopped.");
    }

    private LocalGridConfig config() {
        LocalGridConfig config = LocalGridConfig.in(grid.directory().path()).withHeap(heap);
        if (members != null) {
            config = config.withMembers(members);
        }
        return shards == null ? config : config.withShards(shards);
    }
}
