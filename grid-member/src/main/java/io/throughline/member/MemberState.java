package io.throughline.member;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a running member is reached, as it tells it in its state file (JSON).
 *
 * @param member {@code host:port} of the member, empty until it has joined
 * @param health the base URL of health and metrics
 */
public record MemberState(String name, long pid, String member, String health) {

    /** Replaces the file at once, so that a reader sees the old content or the new and nothing between. */
    void write(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            new ObjectMapper().writeValue(draft.toFile(), this);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the state file " + file, e);
        }
    }

    /** Empty while no member has written it. */
    public static Optional<MemberState> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readValue(file.toFile(), MemberState.class));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the state file " + file, e);
        }
    }
}
