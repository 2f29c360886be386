package io.throughline.cli.command;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridMain;
import io.throughline.cli.LocalGridConfig;
import io.throughline.cli.folder.FolderLock;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.terminal.FileTail;
import io.throughline.cli.terminal.Screen;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code up --detach}: the same command in a JVM of its own, which a Ctrl-C or a closed terminal doesn't reach. What it prints
 * goes to up.log, and is shown here until it is ready.
 */
final class DetachedUp {

    private static final long LOOK_EVERY_MILLIS = 50;

    private final LocalGridConfig config;
    private final GridDirectory directory;
    private final Screen screen;
    private boolean ready;

    DetachedUp(LocalGridConfig config, Screen screen) {
        this.config = config;
        this.directory = config.directory();
        this.screen = screen;
    }

    int run() {
        directory.open();
        FolderLock.take(directory).close(); // says who has it, before anything is started
        try {
            Files.deleteIfExists(directory.upLog());
            Process up = start();
            FileTail log = FileTail.fromStart(directory.upLog());
            while (up.isAlive()) {
                log.read(this::show);
                if (ready) {
                    return ExitCode.DONE.status();
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            log.read(this::show);
            return up.exitValue();
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "./grid up can't be started in the background: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "Interrupted; './grid status' shows what runs.", e);
        }
    }

    private void show(String line) {
        if (line.equals(UpCommand.LAST_LINE)) {
            ready = true;
            screen.printRaw("It runs in the background; './grid down' stops it, './grid logs up' shows what it says.");
        } else {
            screen.printRaw(line);
        }
    }

    /** Signals that are ignored stay so across exec, which every system's shell can do. */
    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GridMain.class.getName(), "up"));
        command.addAll(List.of("--dir", directory.toString(), "--heap", config.heap()));
        command.addAll(List.of("--members", Integer.toString(config.members())));
        command.addAll(List.of("--shards", Integer.toString(config.shards())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.upLog().toFile());
        return builder.start();
    }
}
