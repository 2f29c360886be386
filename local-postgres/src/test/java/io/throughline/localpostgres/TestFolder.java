package io.throughline.localpostgres;

import io.throughline.localpostgres.folder.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one set of shards that PostgreSQL's user can get to, deleted at the end. */
final class TestFolder implements AutoCloseable {

    private final Path root;

    TestFolder() {
        try {
            root = Files.createTempDirectory("local-postgres-");
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
