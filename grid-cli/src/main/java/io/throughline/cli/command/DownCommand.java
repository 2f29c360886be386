package io.throughline.cli.command;

import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.local.StopGrid;
import io.throughline.cli.terminal.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        description = {
            "Stops a grid in order; the data stays.",
            "Members first, then shards. Also stops what an 'up' that was killed has left running."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./grid down", "  ./grid down --dir /tmp/other"})
final class DownCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        grid.directory().existingState();
        screen.print(new StopGrid(grid.directory()).run() ? "Stopped." : "Nothing ran.");
        return ExitCode.DONE.status();
    }
}
