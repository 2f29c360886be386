package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.client.OneOperation;
import io.throughline.cli.terminal.Screen;
import io.throughline.cli.transfer.MapFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "put",
        description = {
            "Writes a value.",
            "When it returns, the value is in memory on three members and durable on a quorum of its shard.",
            "In a map of bytes VALUE is Base64; --file and standard input are taken as they are."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid put kv a hello",
            "  ./grid put documents d1 '{\"name\":\"Ada\"}'",
            "  ./grid put blobs logo --file logo.png",
            "  date | ./grid put kv now -"
        })
final class PutCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MAP", description = "Such as kv, documents, blobs.")
    private String map = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "1 to 512 bytes of UTF-8.")
    private String key = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "'-' reads standard input.")
    private @Nullable String text;

    @Option(names = "--file", paramLabel = "FILE", description = "Take the value from a file instead.")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if ((text == null) == (file == null)) {
            throw new ParameterException(spec.commandLine(), "Give VALUE or --file, one of the two.");
        }
        RunningGrid running = RunningGrid.in(grid.directory());
        Object value = value(MapFormat.of(running.map(map).valueFormat()));
        long begun = System.nanoTime();
        OneOperation.on(running, map, entries -> {
            entries.set(key, value);
            return true;
        });
        double millis = (System.nanoTime() - begun) / 1e6;
        if (json.wanted()) {
            json.print(new ObjectMapper()
                    .createObjectNode()
                    .put("map", map)
                    .put("key", key)
                    .put("outcome", "written")
                    .put("millis", Math.round(millis)));
        } else {
            Screen.of(spec.commandLine()).print("written");
        }
        return ExitCode.DONE.status();
    }

    private Object value(MapFormat format) throws IOException {
        byte[] content = null;
        if (file != null) {
            content = Files.readAllBytes(file);
        } else if ("-".equals(text)) {
            try (InputStream in = System.in) {
                content = in.readAllBytes();
            }
        }
        if (content == null) {
            return fromText(format, String.valueOf(text));
        }
        return format == MapFormat.BINARY ? content : format.toValue(decoded(content));
    }

    private static Object fromText(MapFormat format, String text) {
        try {
            return format.toValue(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    ExitCode.BAD_INPUT, e.getMessage() + ". --file takes a file's bytes as they are.", e);
        }
    }

    private static String decoded(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandFailed(ExitCode.BAD_INPUT, "The value is not UTF-8 text.", e);
        }
    }
}
