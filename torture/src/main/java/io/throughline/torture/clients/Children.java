package io.throughline.torture.clients;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.member.JvmFlags;
import io.throughline.member.OwnSession;
import io.throughline.torture.grid.TortureGrid;
import io.throughline.torture.history.ClientKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Starts clients in processes of their own.
 *
 * @param python the interpreter, which has to find the package {@code throughline}
 * @param folder of scripts and logs
 */
public record Children(String python, Path folder) {

    private static final String SCRIPT = "resilient_client.py";
    private static final String NEEDS = "import throughline, hazelcast, psycopg";
    private static final int CHECK_SECONDS = 20;

    /** A member of the grid within an application. */
    public Seat embedded(TortureGrid grid, String map, IntSupplier numbers, RunClock clock) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.member());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(grid.embeddedJvmOptions());
        command.addAll(List.of(
                "-Dlogback.configurationFile=io/throughline/cli/logback.xml",
                "-Dhazelcast.logging.type=slf4j",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(
                EmbeddedClient.class.getName(),
                grid.local().directory().config().toString(),
                map,
                Integer.toString(grid.embeddedPort()),
                Long.toString(clock.origin())));
        return seat(ClientKind.EMBEDDED, command, numbers, clock);
    }

    /** The resilient map in Python. */
    public Seat python(TortureGrid grid, String map, IntSupplier numbers, RunClock clock) {
        List<String> command = new ArrayList<>(List.of(
                python,
                script().toString(),
                grid.local().directory().throughlineYaml().toString(),
                map,
                Long.toString(clock.origin())));
        command.addAll(grid.local().directory().existingState().memberAddresses());
        return seat(ClientKind.PYTHON, command, numbers, clock);
    }

    private Seat seat(ClientKind kind, List<String> command, IntSupplier numbers, RunClock clock) {
        ChildSeat seat =
                new ChildSeat(() -> ChildClient.start(numbers.getAsInt(), kind, clock, process(kind, command)));
        if (!seat.awaitReady()) {
            seat.close();
            throw new CommandFailed(ExitCode.FAILED, "The " + name(kind) + " client didn't start; see " + log(kind));
        }
        return seat;
    }

    private ProcessBuilder process(ClientKind kind, List<String> command) {
        return new ProcessBuilder(OwnSession.of(command))
                .redirectError(ProcessBuilder.Redirect.appendTo(log(kind).toFile()));
    }

    private Path log(ClientKind kind) {
        return folder.resolve(name(kind) + ".log");
    }

    private static String name(ClientKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Path script() {
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = Children.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IllegalStateException(SCRIPT + " is missing from the jar");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + script, e);
        }
    }

    /** Whether this interpreter of Python has what the client needs. */
    public static boolean canRun(String python) {
        ProcessBuilder check = new ProcessBuilder(python, "-c", NEEDS)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = check.start();
            if (process.waitFor(CHECK_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
