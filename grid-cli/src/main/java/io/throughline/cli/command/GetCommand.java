package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.client.OneOperation;
import io.throughline.cli.terminal.Screen;
import io.throughline.cli.transfer.MapFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "get",
        description = {
            "Prints a value; exit code 1 if there is no such key.",
            "In a map of bytes it prints Base64; --out takes the bytes as they are."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./grid get kv a", "  ./grid get blobs logo --out logo.png", "  ./grid get documents d1 --json"})
final class GetCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MAP", description = "Such as kv, documents, blobs.")
    private String map = "";

    @Parameters(index = "1", paramLabel = "KEY")
    private String key = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the value to a file, byte for byte.")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        RunningGrid running = RunningGrid.in(grid.directory());
        running.map(map);
        Object value = OneOperation.<@Nullable Object>on(running, map, entries -> entries.get(key));
        if (json.wanted()) {
            json.print(new ObjectMapper()
                    .createObjectNode()
                    .put("map", map)
                    .put("key", key)
                    .put("present", value != null)
                    .put("value", value == null ? null : MapFormat.toText(value)));
        } else if (value == null) {
            Screen.of(spec.commandLine()).say("grid: " + map + " has no key '" + key + "'");
        } else if (out != null) {
            Files.write(
                    out,
                    value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            Screen.of(spec.commandLine()).printRaw(MapFormat.toText(value));
        }
        return (value == null ? ExitCode.NO : ExitCode.DONE).status();
    }
}
