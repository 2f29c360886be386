package io.throughline.localpostgres.postmaster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How a short command ended, and what it said on both outputs. */
public record Outcome(int exitCode, String output) {

    private static final int NOT_STARTED = 127;

    public static Outcome of(List<String> command, Path folder) {
        try {
            Process started = Environment.clean(new ProcessBuilder(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            started.getOutputStream().close();
            try (InputStream said = started.getInputStream()) {
                String output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(started.waitFor(), output);
            }
        } catch (IOException failure) {
            return new Outcome(NOT_STARTED, String.valueOf(failure.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome(NOT_STARTED, "interrupted");
        }
    }
}
