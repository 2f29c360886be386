package io.throughline.localpostgres;

import io.throughline.localpostgres.folder.TextFile;
import java.nio.file.Path;

/** Where the generated passwords stand, one to a file that only its owner can read. */
public record Secrets(Path folder) {

    /** Superuser. */
    public Path postgres() {
        return file("postgres");
    }

    /** Streams WAL, nothing else. */
    public Path replicator() {
        return file("replicator");
    }

    /** Owns the database and migrates it. */
    public Path owner() {
        return file("throughline_owner");
    }

    /** Reads and writes rows. */
    public Path application() {
        return file("throughline");
    }

    public Path file(String role) {
        return folder.resolve(role + ".password");
    }

    /** The password in one of these files. */
    public static String read(Path file) {
        return TextFile.read(file).strip();
    }
}
