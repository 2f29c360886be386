package io.throughline.torture;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridCommand;
import io.throughline.cli.JsonOption;
import io.throughline.cli.local.StopRequest;
import io.throughline.torture.nemesis.FaultName;
import io.throughline.torture.page.HtmlPage;
import io.throughline.torture.page.TextSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./grid torture}. */
@Command(
        name = "torture",
        description = {
            "Clients under real faults on a grid of its own, and a check of all that they saw.",
            "",
            "Members and PostgreSQL nodes are killed, stalled, cut off, while clients of every kind read and write the same"
                    + " keys. Each operation is recorded; afterwards the histories are checked against what is promised"
                    + " to each kind of client, and the rows of every node against what was acknowledged. Ctrl-C ends the"
                    + " run early; what was recorded is checked all the same.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid torture                                    a minute, every fault that this machine allows",
            "  ./grid torture --seconds 1800 --html report.html",
            "  ./grid torture --faults stall-member,kill-primary --clients resilient,python --seed 7",
            "",
            "Exit code 0: nothing found. 1: a promise was broken; the grid's folder is kept. 6: not enough could be checked."
        })
public final class TortureCommand implements GridCommand, Callable<Integer> {

    @Mixin
    private TortureOptions options = new TortureOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with timeline, latencies and findings.")
    private @Nullable Path html;

    @Option(names = "--list-faults", description = "Tell what each fault does, and which can be had here.")
    private boolean listFaults;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (listFaults) {
            listFaults(spec.commandLine().getOut());
            return ExitCode.DONE.status();
        }
        StopRequest stop = StopRequest.onSignal();
        ExitCode exitCode = ExitCode.DEFECT;
        try {
            exitCode = torture(stop);
            return exitCode.status();
        } catch (CommandFailed failed) {
            exitCode = failed.exitCode();
            throw failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "The torture was interrupted before the checks.", e);
        } finally {
            stop.answer(exitCode);
        }
    }

    private ExitCode torture(StopRequest stop) throws InterruptedException {
        TorturePlan plan = options.plan(this::say);
        ExitCode exitCode = ExitCode.FAILED;
        try {
            say("Seed " + plan.seed() + " (--seed " + plan.seed() + " gives the same faults again)");
            Evidence evidence = new TortureRun(plan, this::say, stop::isMade).run();
            say("Checking " + evidence.operations().size() + " operations …");
            Conclusion conclusion = Conclusion.of(plan, evidence);
            if (html != null) {
                write(html, HtmlPage.of(conclusion.result()));
            }
            exitCode = conclusion.exitCode();
            if (exitCode != ExitCode.DONE) {
                plan.folder().keep(evidence.operations());
            }
            print(conclusion);
            return exitCode;
        } catch (CommandFailed failed) {
            exitCode = failed.exitCode();
            throw failed;
        } finally {
            if (exitCode == ExitCode.DONE) {
                plan.folder().delete();
            } else {
                say("What the run left is in " + plan.folder().path() + "; nothing of it runs any more.");
            }
        }
    }

    private void print(Conclusion conclusion) {
        if (json.wanted()) {
            json.print(conclusion.json());
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean coloured = spec.commandLine().getColorScheme().ansi().enabled();
        out.print(TextSummary.of(conclusion.result(), coloured));
        conclusion.remarks().forEach(out::println);
        out.flush();
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, file + " can't be written: " + e, e);
        }
    }

    private void listFaults(PrintWriter out) {
        for (FaultName fault : FaultName.values()) {
            Optional<String> obstacle = Obstacles.to(fault);
            out.printf(
                    "%-14s %s%s%n",
                    fault.text(),
                    fault.deed(),
                    obstacle.map(why -> " (can't be had here: " + why + ")").orElse(""));
        }
        out.flush();
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
