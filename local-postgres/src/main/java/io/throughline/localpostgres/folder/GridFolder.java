package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.account.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The paths below the folder that a user named. */
public record GridFolder(Path root) {

    public Path lock() {
        return root.resolve("lock");
    }

    /** Who holds the lock. */
    public Path owner() {
        return root.resolve("owner");
    }

    public Path state() {
        return root.resolve("state");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public NodeFolder node(String shard, String node) {
        return new NodeFolder(root.resolve(shard).resolve(node));
    }

    /** Makes the folder, or checks that a folder that is there is ours or empty, and that PostgreSQL can get into it. */
    public void open(Account account) {
        try {
            if (!Files.exists(state())) {
                Files.createDirectories(root);
                refuseForeign();
                letThrough(root);
            }
        } catch (IOException failure) {
            throw FolderFailure.of(root, failure);
        }
        account.checkReach(root);
        if (!Files.isWritable(root)) {
            throw new LocalPostgresException(
                    Code.FOLDER_NOT_WRITABLE,
                    root + " cannot be written. Give this user the right to write there, or name another folder.");
        }
    }

    /** PostgreSQL may run as another user, who has to pass through folders of ours, and need not list them. */
    static void letThrough(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
        if (permissions.addAll(Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE))) {
            Files.setPosixFilePermissions(folder, permissions);
        }
    }

    /** Whoever was killed before the state was written left nothing but these. */
    private void refuseForeign() throws IOException {
        Set<Path> early = Set.of(lock(), owner(), root.resolve("owner.new"), secrets(), root.resolve("state.new"));
        try (Stream<Path> files = Files.list(root)) {
            List<Path> foreign = files.filter(file -> !early.contains(file)).toList();
            if (!foreign.isEmpty()) {
                throw new LocalPostgresException(
                        Code.FOLDER_NOT_OURS,
                        root + " has no state file but is not empty ("
                                + foreign.get(0).getFileName() + "). Name an empty or new folder.");
            }
        }
    }
}
