package io.throughline.cli.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where an import of this file into this map has come to. It counts for the same file only: what is known of that is a digest
 * of its first 64 KiB and that it isn't shorter than the position.
 */
final class ImportCheckpoint {

    private static final int HEAD_BYTES = 1 << 16;

    private final Checkpoint checkpoint;
    private final String map;
    private final ImportFile file;

    ImportCheckpoint(ImportFile file, String map) {
        this.checkpoint = Checkpoint.of(file.file());
        this.map = map;
        this.file = file;
    }

    Path path() {
        return checkpoint.file();
    }

    /** @throws CommandFailed if there is one, but of another file or map */
    Optional<Position> read() throws IOException {
        Optional<JsonNode> content = checkpoint.read();
        if (content.isEmpty()) {
            return Optional.empty();
        }
        JsonNode json = content.get();
        Position position =
                new Position(json.path("offset").asLong(), json.path("line").asLong());
        boolean same = json.path("map").asText().equals(map)
                && json.path("head").asText().equals(head(Math.min(HEAD_BYTES, position.offset())))
                && position.offset() <= file.size();
        if (!same) {
            throw new CommandFailed(
                    ExitCode.BAD_INPUT,
                    "The checkpoint " + checkpoint.file() + " is of another import (another file, or map "
                            + json.path("map").asText() + "). Give --restart to begin from the start.");
        }
        return Optional.of(position);
    }

    void write(Position position) throws IOException {
        checkpoint.write(new ObjectMapper()
                .createObjectNode()
                .put("map", map)
                .put("head", head(Math.min(HEAD_BYTES, position.offset())))
                .put("offset", position.offset())
                .put("line", position.line()));
    }

    void delete() {
        checkpoint.delete();
    }

    private String head(long bytes) throws IOException {
        try (InputStream in = file.open()) {
            byte[] head = in.readNBytes((int) bytes);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(head));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
