package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.account.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The paths of one node. */
public record NodeFolder(Path root) {

    public Path data() {
        return root.resolve("data");
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
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            account.own(root);
        } catch (IOException failure) {
            throw FolderFailure.of(root, failure);
        }
    }
}
