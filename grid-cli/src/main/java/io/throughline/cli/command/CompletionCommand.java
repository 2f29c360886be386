package io.throughline.cli.command;

import io.throughline.cli.ExitCode;
import io.throughline.cli.terminal.Screen;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script that lets bash and zsh complete commands and options.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(./grid completion)                  in this shell",
            "  ./grid completion > ~/.grid-completion.sh    and source that in ~/.bashrc"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen.of(spec.commandLine())
                .printRaw(AutoComplete.bash("grid", spec.parent().commandLine()));
        return ExitCode.DONE.status();
    }
}
