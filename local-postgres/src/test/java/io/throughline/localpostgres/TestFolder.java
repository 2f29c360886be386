package io.throughline.localpostgres;

import io.throughline.localpostgres.folder.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder for one set of shards that PostgreSQL's user can get to, deleted at the end. */
final class TestFolder implements AutoCloseable {

    private final Path root;

    TestFolder() {
        try {
            root = Files.createTempDirectory("local-postgres-");
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path root() {
        return root;
    }

    @Override
    public void close() {
        Tree.delete(root);
    }
}
