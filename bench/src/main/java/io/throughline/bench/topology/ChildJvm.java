package io.throughline.bench.topology;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.member.JvmFlags;
import io.throughline.member.OwnSession;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A JVM that ends with its standard input, so at the latest with this one. Thread-safe. */
final class ChildJvm implements AutoCloseable {

    private static final int ENDS_WITHIN_SECONDS = 20;

    private final String main;
    private final Process process;
    private final Path log;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ChildJvm(String main, Process process, Path log) {
        this.main = main.substring(main.lastIndexOf('.') + 1);
        this.process = process;
        this.log = log;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * @param flags of the JVM, beside those that all have
     * @param log of its standard error; its standard output is read by this JVM
     */
    static ChildJvm start(
            List<String> flags, List<String> classPath, String heap, String main, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.member());
        command.addAll(flags);
        command.addAll(List.of(
                "-Xmx" + heap, "-XX:+UseSerialGC", "-Dlogback.configurationFile=io/throughline/cli/logback.xml"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(OwnSession.of(command)).redirectError(ProcessBuilder.Redirect.to(log.toFile()));
            return new ChildJvm(main, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + main, e);
        }
    }

    /**
     * The next line of its standard output.
     *
     * @param work that the line is the end of
     * @throws CommandFailed if it ended instead, or took longer, for which it is killed
     */
    String awaitLine(String work, Duration within) {
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                () -> {
                    late.set(true);
                    process.toHandle().destroyForcibly();
                },
                CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS));
        String line = readLine();
        deadline.cancel(false);
        if (line == null) {
            throw new CommandFailed(ExitCode.FAILED, late.get() ? tookLonger(work, within) : ended());
        }
        return line;
    }

    /** Null where the process ended. */
    private @Nullable String readLine() {
        try {
            return output.readLine();
        } catch (IOException brokenOff) {
            return null;
        }
    }

    private String tookLonger(String work, Duration within) {
        return this + " took longer than " + within.toSeconds() + " s for " + work + " and was killed; " + log
                + " may say why.";
    }

    private String ended() {
        return this + " ended; " + log + " says why.";
    }

    void send(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, ended(), e);
        }
    }

    @Override
    public String toString() {
        return "Process " + pid() + " (" + main + ")";
    }

    long pid() {
        return process.pid();
    }

    /** Closes its standard input; ends it if that isn't enough. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
