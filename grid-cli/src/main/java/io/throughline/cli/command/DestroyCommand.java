package io.throughline.cli.command;

import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.local.StopGrid;
import io.throughline.cli.terminal.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "destroy",
        description = "Stops a grid and deletes its folder with all data. Asks first.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./grid destroy", "  ./grid destroy --yes --dir /tmp/other"})
final class DestroyCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Screen screen = Screen.of(spec.commandLine());
        GridDirectory directory = grid.directory();
        directory.existingState();
        if (!yes && !agreed(screen, directory)) {
            screen.say("Nothing was deleted.");
            return ExitCode.NO.status();
        }
        new StopGrid(directory).run();
        directory.delete();
        screen.print("Deleted " + directory + ".");
        return ExitCode.DONE.status();
    }

    private static boolean agreed(Screen screen, GridDirectory directory) throws IOException {
        screen.say("This stops the grid in " + directory + " and deletes all its data. Type 'yes' to go on:");
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return "yes".equals(answer);
    }
}
