package io.throughline.bench;

import io.throughline.bench.compare.Comparison;
import io.throughline.bench.compare.ComparisonHtml;
import io.throughline.bench.compare.ComparisonJson;
import io.throughline.bench.compare.Outcome;
import io.throughline.bench.compare.Plan;
import io.throughline.bench.compare.Progress;
import io.throughline.bench.compare.TextTable;
import io.throughline.bench.loader.Workload;
import io.throughline.bench.peers.Peer;
import io.throughline.bench.topology.BenchFolder;
import io.throughline.bench.topology.ClassPaths;
import io.throughline.bench.topology.FreeAddresses;
import io.throughline.bench.topology.Members;
import io.throughline.bench.topology.SharedShards;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridCommand;
import io.throughline.cli.JsonOption;
import io.throughline.cli.local.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./grid bench}. */
@Command(
        name = "bench",
        description = {
            "Measure Throughline beside its peers, on shards and members of its own.",
            "",
            "Two shards of three PostgreSQL servers run for all; in each round every peer has its turn, with three fresh"
                    + " members of the same JVM options, a fresh load generator and the same rows. Figures are"
                    + " medians over the rounds, ratios are within each round. At the end of each turn every"
                    + " acknowledged write is looked for on the primaries and the standbys.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid bench --list                               the peers and the workloads",
            "  ./grid bench --rounds 3 --in-flight 64,256,1024   puts, about half an hour",
            "  ./grid bench --peers throughline,jdbc --workloads put,mixed,read-cold",
            "  ./grid bench --value-size 16KiB --html bench.html",
            "",
            "Exit code 0: measured and proven. 1: an acknowledged write is missing or stale. 6: a peer's turn failed, or it was"
                    + " stopped: what was measured is shown."
        })
public final class BenchCommand implements GridCommand, Callable<Integer> {

    private static final int MEMBERS = 3;

    @Option(names = "--list", description = "Show the peers and the workloads, and measure nothing")
    private boolean list;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--bench-dir",
            paramLabel = "DIR",
            defaultValue = ".grid-bench",
            description = "Where the shards' data and all logs are while it runs; on the disk that is to be measured."
                    + " Default: .grid-bench; it is removed at the end, unless --keep is given")
    private Path folder = Path.of(".grid-bench");

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots as well")
    private @Nullable Path html;

    @Option(names = "--keep", description = "Keep that folder")
    private boolean keep;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (list) {
            printList();
            return ExitCode.DONE.status();
        }
        Plan plan = options.plan();
        begin(html);
        StopRequest stop = StopRequest.onSignal();
        ExitCode exitCode = ExitCode.DEFECT;
        try {
            exitCode = exitCode(measure(plan, stop));
            return exitCode.status();
        } catch (CommandFailed failed) {
            exitCode = failed.exitCode();
            throw failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "The comparison was interrupted.", e);
        } finally {
            stop.answer(exitCode);
        }
    }

    private static ExitCode exitCode(Outcome outcome) {
        if (!outcome.proven()) {
            return ExitCode.NO;
        }
        return outcome.stepsMissing() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Outcome measure(Plan plan, StopRequest stop) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(plan, err);
        err.printf(
                Locale.ROOT, "This takes about %d min.%n", progress.expected().toMinutes() + 1);
        try (BenchFolder bench = BenchFolder.make(folder, keep)) {
            List<String> addresses = FreeAddresses.take(MEMBERS);
            try (SharedShards shards = SharedShards.start(bench.path(), plan.shards(), plan.partitions(), addresses)) {
                Members.Place place = new Members.Place(
                        bench.path().resolve("logs"),
                        shards,
                        addresses,
                        plan.heap(),
                        plan.memberConnections(),
                        new ClassPaths(Path.of(System.getProperty("throughline.peers", "bench-peers/target/peers"))));
                Outcome outcome = new Comparison(plan, place, progress, stop::isMade).run();
                print(outcome); // before anything else can fail
                writePage(outcome);
                return outcome;
            }
        }
    }

    private void print(Outcome outcome) {
        if (json.wanted()) {
            json.print(ComparisonJson.of(outcome));
            return;
        }
        TextTable.lines(outcome).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
    }

    /** Hours are measured before it is written. */
    private static void begin(@Nullable Path page) {
        if (page != null) {
            write(page, "");
        }
    }

    private void writePage(Outcome outcome) {
        if (html != null) {
            write(html, ComparisonHtml.of(outcome));
        }
    }

    private static void write(Path page, String text) {
        try {
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, page + " can't be written: " + e, e);
        }
    }

    private void printList() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Peers:");
        for (Peer peer : Peer.values()) {
            out.printf(Locale.ROOT, "  %-13s %s%n", peer.id(), peer.title());
        }
        out.println("Workloads:");
        for (Workload workload : Workload.values()) {
            out.printf(Locale.ROOT, "  %-13s %s%n", workload.id(), workload.meaning());
        }
        out.flush();
    }
}
