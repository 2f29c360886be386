package io.throughline.localpostgres;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Starter} in a JVM of its own. */
final class StarterJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process jvm;
    private final Path output;

    StarterJvm(Path folder, Path ids, String deed, String haltAt) {
        this(List.of(), folder, ids, deed, haltAt, classPath());
    }

    /** @param prefix of the command, to run it as another user */
    StarterJvm(List<String> prefix, Path folder, Path ids, String deed, String haltAt, String classPath) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Starter.class.getName(),
                folder.toString(),
                ids.toString(),
                deed,
                haltAt));
        try {
            output = Files.createTempFile("local-postgres-starter-", ".log");
            jvm = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String classPath() {
        String ofSurefire = System.getProperty("surefire.test.class.path");
        return ofSurefire == null ? System.getProperty("java.class.path") : ofSurefire;
    }

    long pid() {
        return jvm.pid();
    }

    /** Returns when the JVM has printed these words. */
    void awaitLine(String words) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> output().contains(words) || !jvm.isAlive());
        if (!output().contains(words)) {
            throw new AssertionError("The JVM ended without saying \"" + words + "\":\n" + output());
        }
    }

    /** Returns when the JVM has ended, with its exit code. */
    int awaitEnd() {
        try {
            if (!jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The JVM has not ended:\n" + output());
            }
            return jvm.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGKILL. */
    void kill() {
        jvm.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    void terminate() {
        jvm.destroy();
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
        try {
            Files.delete(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
