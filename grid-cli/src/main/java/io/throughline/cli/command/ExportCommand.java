package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.sizing.ByteCount;
import io.throughline.cli.terminal.ProgressLine;
import io.throughline.cli.terminal.Screen;
import io.throughline.cli.transfer.ExportJob;
import io.throughline.cli.transfer.FileFormat;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Writes all entries of a map to a file, as import reads them.",
            "Reads the shards, not the cache, in ranges of keys; each entry is as it was when it was read.",
            "An export that was broken off goes on where it was, by the checkpoint file beside the output."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid export kv kv.ndjson",
            "  ./grid export documents documents.csv",
            "  ./grid export kv - --format ndjson | gzip > kv.ndjson.gz"
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MAP", description = "Such as kv, documents, blobs.")
    private String map = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "'-' writes to standard output.")
    private Path file = Path.of("-");

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: by the file's name.")
    private @Nullable FileFormat format;

    @Option(
            names = "--ranges",
            paramLabel = "N",
            defaultValue = "2",
            description = "Ranges of each shard that are read side by side. Default: ${DEFAULT-VALUE}")
    private int ranges;

    @Option(names = "--restart", description = "Begin from the start, and replace a file that is there.")
    private boolean restart;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        FileFormat wanted = Transfers.format(format, file, spec);
        if (ranges < 1) {
            throw new CommandFailed(ExitCode.USAGE, "--ranges must be 1 or more.");
        }
        RunningGrid running = RunningGrid.in(grid.directory());
        ExportJob job = new ExportJob(
                file,
                running.config(),
                running.map(map),
                new ExportJob.Options(wanted, ranges, restart),
                screen::sayRaw,
                ProgressLine.onStandardError());
        if (Transfers.isStandard(file)) {
            screen.sayRaw(text(job.toStream(System.out)));
        } else if (json.wanted()) {
            ExportJob.Report report = job.toFile();
            json.print(new ObjectMapper()
                    .createObjectNode()
                    .put("map", map)
                    .put("entries", report.entries())
                    .put("bytes", report.bytes())
                    .put("seconds", report.seconds()));
        } else {
            screen.print(text(job.toFile()));
        }
        return ExitCode.DONE.status();
    }

    private static String text(ExportJob.Report report) {
        return String.format(
                Locale.ROOT,
                "%,d entries, %s in %.1f s",
                report.entries(),
                new ByteCount(report.bytes()),
                report.seconds());
    }
}
