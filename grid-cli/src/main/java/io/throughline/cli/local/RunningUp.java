package io.throughline.cli.local;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridMain;
import io.throughline.cli.folder.FolderLock;
import io.throughline.cli.folder.GridDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The {@code up} that holds a folder. */
public final class RunningUp {

    private final GridDirectory directory;
    private final ProcessHandle process;

    private RunningUp(GridDirectory directory, ProcessHandle process) {
        this.directory = directory;
        this.process = process;
    }

    /** @throws CommandFailed if the folder is held by something that isn't ./grid up, such as a test */
    public static Optional<RunningUp> of(GridDirectory directory) {
        OptionalLong holder = FolderLock.holder(directory);
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        ProcessHandle process = ProcessHandle.of(holder.getAsLong())
                .filter(RunningUp::isGrid)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.BUSY,
                        "The grid in " + directory + " is held by process " + holder.getAsLong()
                                + ", which is not ./grid up. End that."));
        return Optional.of(new RunningUp(directory, process));
    }

    private static boolean isGrid(ProcessHandle process) {
        try {
            String commandLine = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
            return commandLine.contains(GridMain.class.getName());
        } catch (IOException notLinux) {
            return process.info().commandLine().orElse("").contains(GridMain.class.getName());
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to stop everything in order and returns when it has. @throws CommandFailed if it takes longer */
    public void stop(Duration within) {
        process.destroy();
        try {
            process.onExit().get(within.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "./grid up (pid " + pid() + ") hasn't stopped after " + within.toSeconds() + " s; see "
                            + directory.upLog() + ", or the terminal that it runs in.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("can't wait for process " + pid(), e);
        }
    }
}
