package io.throughline.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The small file beside a transfer's own, from which it is gone on with. Written whole or not at all; gone when done. */
record Checkpoint(Path file) {

    static Checkpoint of(Path transferred) {
        return new Checkpoint(transferred.resolveSibling(transferred.getFileName() + ".checkpoint"));
    }

    Optional<JsonNode> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    CommandFailed damaged(Exception cause) {
        return new CommandFailed(
                ExitCode.BAD_INPUT,
                "The checkpoint " + file + " can't be read. Remove it, or give --restart, to begin from the start.",
                cause);
    }

    void write(JsonNode content) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, content.toString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "The checkpoint " + file + " can't be written: " + e, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "The checkpoint " + file + " can't be removed: " + e, e);
        }
    }
}
