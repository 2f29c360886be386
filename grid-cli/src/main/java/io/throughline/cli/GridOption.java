package io.throughline.cli;

import io.throughline.cli.folder.GridDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which grid a command means; a picocli mixin. */
public final class GridOption {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "${GRID_DIR:-.grid}",
            description = "Folder of the grid. Default: the environment's GRID_DIR, else .grid")
    private Path dir = Path.of(".grid");

    public GridDirectory directory() {
        return GridDirectory.at(dir);
    }
}
