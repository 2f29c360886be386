package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.account.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The paths of one node. */
public record NodeFolder(Path root) {

    public Path data() {
        return root.resolve("data");
    }

    /** A clone grows here, and takes the place of the data when it is whole. */
    public Path incoming() {
        return root.resolve("data.incoming");
    }

    public Path log() {
        return root.resolve("postgres.log");
    }

    /** How the node logs in to its primary. */
    public Path passfile() {
        return root.resolve("replicator.pgpass");
    }

    public boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    public void make(Account account) {
        try {
            Files.createDirectories(root);
            GridFolder.letThrough(root.toAbsolutePath().resolveSibling(""));
            account.own(root);
        } catch (IOException failure) {
            throw FolderFailure.of(root, failure);
        }
    }
}
