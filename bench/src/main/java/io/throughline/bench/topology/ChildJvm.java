package io.throughline.bench.topology;

import io.throughline.member.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that ends with its standard input, so at the latest with this one. Thread-safe. */
final class ChildJvm implements AutoCloseable {

    private static final int ENDS_WITHIN_SECONDS = 20;

    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param log of its standard error, and its standard output where that isn't read
     * @param readsOutput whether its standard output is read by this JVM
     */
    static ChildJvm start(
            List<String> classPath, String heap, String main, List<String> arguments, Path log, boolean readsOutput) {
        List<String> command = new ArrayList<>();
        // A session of its own, or Ctrl-C would reach it before whoever started it can stop things in order.
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.member());
        command.addAll(List.of(
                "-Xmx" + heap, "-XX:+UseSerialGC", "-Dlogback.configurationFile=io/throughline/cli/logback.xml"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile()));
            if (!readsOutput) {
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            }
            return new ChildJvm(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + main, e);
        }
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
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
