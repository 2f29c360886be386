package io.throughline.cli.command;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all commands. */
@Command(
        name = "grid",
        description =
                "A write-through data grid on this machine: Hazelcast in front of sharded, replicated PostgreSQL.",
        mixinStandardHelpOptions = true,
        versionProvider = GridVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            DestroyCommand.class,
            StatusCommand.class,
            PutCommand.class,
            GetCommand.class,
            RemoveCommand.class,
            WhereCommand.class,
            AuditCommand.class,
            LogsCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            SizeCommand.class,
            CompletionCommand.class,
            TrainCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid up                      start a grid; Ctrl-C stops it",
            "  ./grid put kv a hello          from another terminal",
            "  ./grid get kv a",
            "  ./grid COMMAND --help          each command with examples"
        })
public final class Grid implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param more commands of other modules */
    public static CommandLine commandLine(List<GridCommand> more) {
        CommandLine grid = new CommandLine(new Grid());
        more.forEach(grid::addSubcommand);
        Map<String, String> exitCodes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            exitCodes.put(Integer.toString(code.status()), code.meaning());
        }
        grid.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
        grid.getCommandSpec().usageMessage().width(100);
        grid.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().usageMessage().width(100));
        return grid.setExecutionExceptionHandler(Grid::failed)
                .setParameterExceptionHandler(Grid::misused)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpLongOptionsMaxWidth(28);
    }

    private static int failed(Exception thrown, CommandLine command, ParseResult parsed) {
        CommandFailed failure = thrown instanceof CommandFailed expected
                ? expected
                : new CommandFailed(
                        ExitCode.DEFECT,
                        "This should not have happened: " + thrown + ". GRID_DEBUG=1 shows where it comes from.",
                        thrown);
        command.getErr().println(command.getColorScheme().errorText("grid: " + failure.text()));
        if (System.getenv("GRID_DEBUG") != null) {
            thrown.printStackTrace(command.getErr());
        }
        return failure.exitCode().status();
    }

    private static int misused(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(command.getColorScheme().errorText("grid: " + mistake.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(mistake, command.getErr())) {
            command.getErr().println("See './" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE.status();
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command? up, status, put, get and more.");
    }
}
