package io.throughline.torture.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A small disk of its own beneath a PostgreSQL node's folder: a tmpfs that this run mounts and unmounts, so that filling it
 * takes nothing from anybody else. Takes the right to mount, which root has outside of most containers.
 *
 * @param folder the node's
 */
public record SmallDisk(Path folder) {

    private static final String SIZE = "768m";
    private static final String BALLAST = "ballast";
    private static final int LARGE_BLOCK = 1 << 20;
    private static final int SMALL_BLOCK = 1 << 12;

    /** Why no disk can be mounted here; empty where one can. */
    public static Optional<String> obstacle() {
        try {
            Path trial = Files.createTempDirectory("throughline-mount");
            try {
                mount(trial);
                run("umount \"$0\"", trial);
                return Optional.empty();
            } finally {
                Files.delete(trial);
            }
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("this user can't mount a small disk (" + e.getMessage() + "); it takes root");
        }
    }

    /** Moves what is in the folder onto it. Nothing may use the folder meanwhile. */
    void mount() {
        Path aside = aside();
        run("mv \"$0\" \"$1\" && mkdir \"$0\"", folder, aside);
        mount(folder);
        run("cp -a \"$1\"/. \"$0\"/ && chown --reference=\"$1\" \"$0\" && rm -rf \"$1\"", folder, aside);
    }

    private static void mount(Path folder) {
        run("mount -t tmpfs -o mode=0700,size=" + SIZE + " throughline-torture \"$0\"", folder);
    }

    /** What was on it lies in the folder again. Nothing may use the folder meanwhile. */
    void unmount() {
        run("cp -a \"$0\" \"$1\" && umount \"$0\" && rmdir \"$0\" && mv \"$1\" \"$0\"", folder, aside());
    }

    private Path aside() {
        return folder.resolveSibling(folder.getFileName() + ".aside");
    }

    /** Until no byte more can be written. */
    public void fill() {
        try (FileChannel ballast = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            fill(ballast, LARGE_BLOCK);
            fill(ballast, SMALL_BLOCK);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + ballast(), e);
        }
    }

    private static void fill(FileChannel ballast, int block) {
        ByteBuffer zeros = ByteBuffer.allocate(block);
        try {
            while (true) {
                zeros.clear();
                ballast.write(zeros, ballast.size());
            }
        } catch (IOException full) {
            // As wanted.
        }
    }

    public void empty() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + ballast(), e);
        }
    }

    private Path ballast() {
        return folder.resolve(BALLAST);
    }

    private static void run(String script, Path... arguments) {
        String[] command = new String[3 + arguments.length];
        command[0] = "/bin/sh";
        command[1] = "-c";
        command[2] = script;
        for (int index = 0; index < arguments.length; index++) {
            command[3 + index] = arguments[index].toString();
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
