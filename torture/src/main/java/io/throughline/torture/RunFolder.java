package io.throughline.torture;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.torture.history.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a run keeps its grid, the logs of its clients and, where something was found, the operations. */
record RunFolder(Path path) {

    /** @throws CommandFailed if there is no room for it */
    static RunFolder make() {
        try {
            Path folder = Files.createTempDirectory("throughline-torture");
            // PostgreSQL runs as another user where this runs as root.
            if (!folder.toFile().setExecutable(true, false)) {
                throw new IOException(folder + " can't be opened to other users");
            }
            return new RunFolder(folder);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "There is no room for a grid: " + e.getMessage(), e);
        }
    }

    Path grid() {
        return path.resolve("grid");
    }

    void keep(List<Operation> operations) {
        try {
            Files.write(
                    path.resolve("operations.txt"),
                    operations.stream().map(Operation::toString).toList());
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "The operations can't be kept: " + e, e);
        }
    }

    void delete() {
        GridDirectory.at(grid()).delete();
        try (Stream<Path> rest = Files.list(path)) {
            for (Path file : rest.toList()) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, path + " can't be deleted: " + e, e);
        }
    }
}
