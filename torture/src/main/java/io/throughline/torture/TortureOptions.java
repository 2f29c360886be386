package io.throughline.torture;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.torture.clients.Children;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.nemesis.FaultName;
import io.throughline.torture.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to torture; a picocli mixin. */
public final class TortureOptions {

    private static final Map<String, ClientKind> CLIENTS = new TreeMap<>(Map.of(
            "java", ClientKind.PLAIN,
            "resilient", ClientKind.RESILIENT,
            "embedded", ClientKind.EMBEDDED,
            "python", ClientKind.PYTHON));

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "For how long clients work and faults come. Default: 60")
    private int seconds = 60;

    @Option(names = "--once", description = "End as soon as each fault has been once, at the latest after --seconds.")
    private boolean once;

    @Option(
            names = "--faults",
            paramLabel = "NAMES",
            split = ",",
            description = "Which faults, as kill-member,stall-primary; --list-faults tells what each does. Default: all"
                    + " that this machine allows")
    private @Nullable List<String> faults;

    @Option(
            names = "--clients",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Which clients, one of each name: java (the stock client), resilient, embedded (a member in an"
                            + " application), python. Default: java,java,resilient,resilient,embedded, and python where it is"
                            + " there")
    private @Nullable List<String> clients;

    @Option(
            names = "--keys",
            paramLabel = "NAMES",
            split = ",",
            description = "Which kinds of keys, as claim,mixed (docs/torture.md). Default: all")
    private @Nullable List<String> keys;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same faults in the same order. Default: another each time; it is"
                    + " printed")
    private @Nullable Long seed;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            defaultValue = "python3",
            description = "Interpreter that has clients/python, or finds it by PYTHONPATH. Default: python3")
    private String python = "python3";

    /**
     * Makes the folder of the run.
     *
     * @param say told what is left out
     * @throws CommandFailed if an option is out of its range, or asks for what this machine doesn't allow
     */
    TorturePlan plan(Consumer<String> say) {
        if (seconds < 1) {
            throw new CommandFailed(ExitCode.USAGE, "--seconds is 1 or more");
        }
        List<FaultName> possible = faults(say);
        List<ClientKind> there = clients(say);
        List<Workload> used = keys(there);
        return new TorturePlan(
                Duration.ofSeconds(seconds),
                once,
                possible,
                there,
                used,
                seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed,
                RunFolder.make(),
                python);
    }

    private List<FaultName> faults(Consumer<String> say) {
        if (faults != null) {
            return faults.stream().map(TortureOptions::wanted).toList();
        }
        return Stream.of(FaultName.values())
                .filter(fault -> {
                    Optional<String> obstacle = Obstacles.to(fault);
                    obstacle.ifPresent(why -> say.accept("Without " + fault.text() + ": " + why));
                    return obstacle.isEmpty();
                })
                .toList();
    }

    private static FaultName wanted(String name) {
        try {
            FaultName fault = FaultName.of(name);
            Obstacles.to(fault).ifPresent(why -> {
                throw new CommandFailed(ExitCode.USAGE, name + " can't be had here: " + why);
            });
            return fault;
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--faults: " + e.getMessage() + "; --list-faults tells which there are", e);
        }
    }

    private List<ClientKind> clients(Consumer<String> say) {
        if (clients != null) {
            return clients.stream().map(name -> kind(name)).toList();
        }
        List<ClientKind> all = new ArrayList<>(List.of(
                ClientKind.PLAIN, ClientKind.PLAIN, ClientKind.RESILIENT, ClientKind.RESILIENT, ClientKind.EMBEDDED));
        if (Children.canRun(python)) {
            all.add(ClientKind.PYTHON);
        } else {
            say.accept("Without python: " + withoutPython());
        }
        return all;
    }

    private List<Workload> keys(List<ClientKind> there) {
        List<Workload> used = keys == null
                ? List.of(Workload.values())
                : keys.stream().map(TortureOptions::named).toList();
        there.stream()
                .filter(kind -> Workload.of(kind).stream().noneMatch(used::contains))
                .findFirst()
                .ifPresent(idle -> {
                    throw new CommandFailed(
                            ExitCode.USAGE,
                            "--keys: " + idle.name().toLowerCase(Locale.ROOT) + " clients use none of " + keys);
                });
        return used;
    }

    private static Workload named(String name) {
        try {
            return Workload.named(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "--keys: " + e.getMessage(), e);
        }
    }

    private ClientKind kind(String name) {
        ClientKind kind = CLIENTS.get(name.toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--clients: there is none named '" + name + "', but " + CLIENTS.keySet());
        }
        if (kind == ClientKind.PYTHON && !Children.canRun(python)) {
            throw new CommandFailed(ExitCode.USAGE, "--clients: " + withoutPython());
        }
        return kind;
    }

    private String withoutPython() {
        return python + " can't import throughline; install clients/python into it, name another with --python, or set"
                + " PYTHONPATH.";
    }
}
