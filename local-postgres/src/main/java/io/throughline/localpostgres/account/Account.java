package io.throughline.localpostgres.account;

import com.sun.security.auth.module.UnixSystem;
import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The user that PostgreSQL runs as. It refuses root, so root runs it as nobody: that user exists everywhere (PostgreSQL
 * needs an entry in passwd), and nothing has to be installed.
 */
public final class Account {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    private final boolean switched;

    private Account(boolean switched) {
        this.switched = switched;
    }

    public static Account current() {
        boolean root = root();
        if (root && !Files.isExecutable(Path.of("/usr/bin/setpriv")) && !Files.isExecutable(Path.of("/bin/setpriv"))) {
            throw new LocalPostgresException(
                    Code.PLATFORM_UNSUPPORTED,
                    "PostgreSQL does not run as root, and setpriv (of util-linux) is not here to run it as another"
                            + " user. Install util-linux, or start this as an ordinary user.");
        }
        return new Account(root);
    }

    public static boolean root() {
        return new UnixSystem().getUid() == ROOT;
    }

    /** The command as this user runs it; it stays the same process. */
    public List<String> command(List<String> command) {
        if (!switched) {
            return command;
        }
        List<String> prefixed = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs"));
        prefixed.addAll(command);
        return prefixed;
    }

    /** Gives a file or folder to this user. */
    public void own(Path path) throws IOException {
        if (switched) {
            Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Refuses a folder that this user cannot get to because one above it is closed, as root's home is. */
    public void checkReach(Path folder) {
        if (!switched) {
            return;
        }
        try {
            for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
                if (!passable(above)) {
                    throw new LocalPostgresException(
                            Code.FOLDER_NOT_REACHABLE,
                            "PostgreSQL does not run as root, so it runs as user " + NOBODY + ", who cannot get into "
                                    + above + ". Name a folder outside it, such as /var/lib/throughline, or let others"
                                    + " through: chmod o+x " + above);
                }
            }
        } catch (IOException failure) {
            throw new LocalPostgresException(
                    Code.FOLDER_NOT_REACHABLE, folder + " cannot be looked at: " + failure, failure);
        }
    }

    private static boolean passable(Path folder) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = attributes.permissions();
        boolean own = Files.getAttribute(folder, "unix:uid").equals(NOBODY);
        return permissions.contains(own ? PosixFilePermission.OWNER_EXECUTE : PosixFilePermission.OTHERS_EXECUTE);
    }
}
