package io.throughline.cli.folder;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one grid and the paths in it.
 *
 * @param path absolute
 */
public record GridDirectory(Path path) {

    private static final Set<String> OURS =
            Set.of("config", "members", "postgres", "grid.json", "grid.json.new", "grid.lock", "up.log");

    public static GridDirectory at(Path folder) {
        return new GridDirectory(folder.toAbsolutePath().normalize());
    }

    /** hazelcast.yaml and throughline.yaml of the members. */
    public Path config() {
        return path.resolve("config");
    }

    public Path throughlineYaml() {
        return config().resolve("throughline.yaml");
    }

    public Path hazelcastYaml() {
        return config().resolve("hazelcast.yaml");
    }

    /** Data, logs and passwords of the shards. */
    public Path postgres() {
        return path.resolve("postgres");
    }

    /** The log and the state of one member. */
    public Path member(String name) {
        return path.resolve("members").resolve(name);
    }

    public Path stateFile() {
        return path.resolve("grid.json");
    }

    public Path lockFile() {
        return path.resolve("grid.lock");
    }

    /** What a detached {@code up} prints. */
    public Path upLog() {
        return path.resolve("up.log");
    }

    /** Empty where no grid was ever started. */
    public Optional<GridState> state() {
        return GridState.read(stateFile());
    }

    /** @throws CommandFailed if there is no grid in this folder */
    public GridState existingState() {
        return state().orElseThrow(() -> new CommandFailed(
                ExitCode.NOT_RUNNING,
                "There is no grid in " + path + ". Start one with './grid up', or name another folder with --dir or"
                        + " GRID_DIR."));
    }

    /**
     * Makes the folder, or checks that it is ours or empty.
     *
     * @throws CommandFailed if it is neither, or can't be written
     */
    public void open() {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new CommandFailed(
                        ExitCode.FAILED, path + " is a file, not a folder. Name another with --dir or GRID_DIR.");
            }
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, path + " can't be made: " + e, e);
        }
        if (!Files.isWritable(path)) {
            throw new CommandFailed(
                    ExitCode.FAILED, path + " can't be written by this user. Name another folder with --dir.");
        }
        List<String> strangers = strangers();
        if (!strangers.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    path + " holds something that is not a grid's (" + strangers.get(0)
                            + "). Name an empty or a new folder with --dir or GRID_DIR.");
        }
        state();
    }

    /** Removes what belongs to the grid, and the folder if nothing else is in it. */
    public void delete() {
        for (String name : OURS) {
            deleteTree(path.resolve(name));
        }
        if (strangers().isEmpty()) {
            deleteTree(path);
        }
    }

    private List<String> strangers() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !OURS.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, path + " can't be read: " + e, e);
        }
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> deepestFirst = new ArrayList<>(tree.toList());
            java.util.Collections.reverse(deepestFirst);
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, root + " can't be deleted: " + e, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
