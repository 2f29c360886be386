package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.client.OneOperation;
import io.throughline.cli.terminal.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "remove",
        description = "Removes a key, whether or not it is there: afterwards it is not.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./grid remove kv a"})
final class RemoveCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MAP", description = "Such as kv, documents, blobs.")
    private String map = "";

    @Parameters(index = "1", paramLabel = "KEY")
    private String key = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunningGrid running = RunningGrid.in(grid.directory());
        running.map(map);
        OneOperation.on(running, map, entries -> {
            entries.delete(key);
            return true;
        });
        if (json.wanted()) {
            json.print(new ObjectMapper()
                    .createObjectNode()
                    .put("map", map)
                    .put("key", key)
                    .put("outcome", "removed"));
        } else {
            Screen.of(spec.commandLine()).print("removed");
        }
        return ExitCode.DONE.status();
    }
}
