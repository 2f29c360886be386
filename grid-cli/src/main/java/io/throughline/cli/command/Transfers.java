package io.throughline.cli.command;

import io.throughline.cli.transfer.FileFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What import and export have in common. */
final class Transfers {

    private Transfers() {}

    static boolean isStandard(Path file) {
        return file.toString().equals("-");
    }

    static FileFormat format(@Nullable FileFormat given, Path file, CommandSpec command) {
        return given != null
                ? given
                : FileFormat.ofName(file.toString())
                        .orElseThrow(() -> new ParameterException(
                                command.commandLine(),
                                "The name of " + file
                                        + " doesn't tell its format; give --format ndjson or --format csv."));
    }
}
