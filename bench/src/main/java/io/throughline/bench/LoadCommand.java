package io.throughline.bench;

import io.throughline.bench.grid.GridUnderLoad;
import io.throughline.bench.report.JsonReport;
import io.throughline.bench.report.LoadReport;
import io.throughline.bench.report.Progress;
import io.throughline.bench.report.TextReport;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridCommand;
import io.throughline.cli.JsonOption;
import io.throughline.cli.local.StopRequest;
import io.throughline.mapstore.config.GridMapConfig;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./grid load}. */
@Command(
        name = "load",
        description = {
            "Put and get at a given rate, then prove that no acknowledged write is missing.",
            "",
            "Operations fall due at random times, as those of many clients do, and are started then, whatever became of"
                    + " earlier ones; latency counts from when they were due. Afterwards each acknowledged write is"
                    + " compared with the rows on every primary and standby, and each get with what was acknowledged"
                    + " when it began. Ctrl-C ends the load early; the proof follows all the same.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid load                                       2,500 puts/s and 2,500 gets/s for a minute",
            "  ./grid load --rate 500 --duration 10m --hot 100:0.5",
            "  ./grid load --client resilient                    through the resilient map; stop a member meanwhile",
            "  ./grid load --find-max                            the highest rate held without a growing backlog",
            "  ./grid load --connect 10.0.0.5:5701 --config throughline.yaml",
            "",
            "Exit code 0: proven. 1: an acknowledged write is missing or stale, or a get was. 6: not enough could be compared."
        })
public final class LoadCommand implements GridCommand, Callable<Integer> {

    private static final int RUN_LETTERS = 6;
    private static final int RADIX = 36;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Mixin
    private ConnectOptions connect = new ConnectOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        LoadPlan plan = options.plan();
        GridUnderLoad grid = connect.grid();
        GridMapConfig map = options.map(grid.config());
        StopRequest stop = StopRequest.onSignal();
        ExitCode exitCode = ExitCode.DEFECT;
        try {
            Progress progress = new Progress(spec.commandLine().getErr(), Boolean.getBoolean("throughline.terminal"));
            LoadReport report = new LoadRun(plan, grid, map, newRun(), progress, stop::isMade).run();
            print(report);
            exitCode = report.proof().conclusion().exitCode();
            return exitCode.status();
        } catch (CommandFailed failed) {
            exitCode = failed.exitCode();
            throw failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "The load was interrupted before the proof.", e);
        } finally {
            stop.answer(exitCode);
        }
    }

    /** No two runs have the same keys, whatever their seeds. */
    private static String newRun() {
        String letters = new Random()
                .ints(RUN_LETTERS, 0, RADIX)
                .mapToObj(digit -> Integer.toString(digit, RADIX))
                .reduce("", String::concat);
        return letters.toLowerCase(Locale.ROOT);
    }

    private void print(LoadReport report) {
        if (json.wanted()) {
            json.print(JsonReport.of(report));
            return;
        }
        TextReport.lines(report).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
    }
}
