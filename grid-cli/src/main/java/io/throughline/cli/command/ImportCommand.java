package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.sizing.TimeSpan;
import io.throughline.cli.terminal.ProgressLine;
import io.throughline.cli.terminal.Screen;
import io.throughline.cli.transfer.FileFormat;
import io.throughline.cli.transfer.ImportJob;
import io.throughline.cli.transfer.MapFormat;
import java.nio.file.Files;
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
        name = "import",
        description = {
            "Writes the entries of a file into a map, many at once.",
            "NDJSON: {\"key\":\"a\",\"value\":...}, one to a line. CSV: a header with key and value. Bytes are"
                    + " Base64. The last entry of a key wins.",
            "An import that was broken off goes on where it was, by the checkpoint file beside the input."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid import kv users.ndjson",
            "  ./grid import documents export.csv --key-column id --value-column body",
            "  zcat big.ndjson.gz | ./grid import kv - --format ndjson --skip-bad"
        })
final class ImportCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "MAP", description = "Such as kv, documents, blobs.")
    private String map = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "'-' reads standard input.")
    private Path file = Path.of("-");

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: by the file's name.")
    private @Nullable FileFormat format;

    @Option(names = "--key-column", paramLabel = "NAME", defaultValue = "key", description = "Of CSV.")
    private String keyColumn = "key";

    @Option(names = "--value-column", paramLabel = "NAME", defaultValue = "value", description = "Of CSV.")
    private String valueColumn = "value";

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "256",
            description = "Entries under way at once. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--skip-bad", description = "Name malformed and refused entries and leave them out.")
    private boolean skipBad;

    @Option(names = "--restart", description = "Begin from the start, whatever a checkpoint says.")
    private boolean restart;

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = SizeCommand.TimeSpanConverter.class,
            description = "How long an entry is tried while the grid can't take it. Default: ${DEFAULT-VALUE}")
    private TimeSpan retryFor = TimeSpan.parse("60s");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec.commandLine());
        FileFormat wanted = Transfers.format(format, file, spec);
        if (inFlight < 1) {
            throw new CommandFailed(ExitCode.USAGE, "--in-flight must be 1 or more.");
        }
        if (!Transfers.isStandard(file) && !Files.isReadable(file)) {
            throw new CommandFailed(ExitCode.FAILED, file + " does not exist or can't be read.");
        }
        RunningGrid running = RunningGrid.in(grid.directory());
        MapFormat values = MapFormat.of(running.map(map).valueFormat());
        HazelcastInstance client = running.connect();
        try {
            ImportJob job = new ImportJob(
                    file,
                    wanted,
                    values,
                    keyColumn,
                    valueColumn,
                    client.getMap(map),
                    new ImportJob.Options(inFlight, skipBad, restart, retryFor.duration()),
                    screen::sayRaw,
                    ProgressLine.onStandardError());
            print(screen, job.run());
        } finally {
            client.getLifecycleService().terminate();
        }
        return ExitCode.DONE.status();
    }

    private void print(Screen screen, ImportJob.Report report) {
        if (json.wanted()) {
            json.print(new ObjectMapper()
                    .createObjectNode()
                    .put("map", map)
                    .put("written", report.written())
                    .put("skipped", report.skipped())
                    .put("fromLine", report.fromLine())
                    .put("seconds", report.seconds()));
            return;
        }
        screen.print(String.format(
                Locale.ROOT,
                "%,d entries written in %.1f s (%,.0f/s)%s",
                report.written(),
                report.seconds(),
                report.written() / Math.max(0.001, report.seconds()),
                report.skipped() == 0 ? "" : String.format(Locale.ROOT, ", %,d skipped", report.skipped())));
    }
}
