package io.throughline.bench.topology;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of one comparison. For one thread. */
public final class BenchFolder implements AutoCloseable {

    private final Path path;
    private final boolean keep;

    private BenchFolder(Path path, boolean keep) {
        this.path = path;
        this.keep = keep;
    }

    /** @throws CommandFailed if it is there already: it would be another comparison's, or a kept one */
    public static BenchFolder make(Path folder, boolean keep) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path.getParent());
            Files.createDirectory(path);
            return new BenchFolder(path, keep);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    path + " can't be made (" + e + "). If a comparison left it behind, remove it; or name another"
                            + " with --bench-dir.",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        if (keep) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " can't be removed", e);
        }
    }
}
