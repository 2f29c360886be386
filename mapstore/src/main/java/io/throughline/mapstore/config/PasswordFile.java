package io.throughline.mapstore.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that holds one password and nothing else; a line break at its end is not part of it.
 *
 * <p>As with PostgreSQL's own password file, nobody but its owner may have a right to it. One case is let through: a
 * file on a read-only file system that others may read but not write. So container engines mount their secrets (mode
 * 0444 or 0644), the container being the wall that the mode is elsewhere; and nobody could change the mode there.
 */
final class PasswordFile {

    private static final int LARGEST = 4096;

    private PasswordFile() {}

    /** @throws IllegalArgumentException with what is wrong with the file and what would be right; never its content */
    static Secret read(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + " doesn't exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " isn't a file");
        }
        try {
            refuseOpenTo(file);
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        file + " has " + Files.size(file) + " bytes; a password has " + LARGEST + " at most");
            }
            return password(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read by this user: " + e, e);
        }
    }

    private static Secret password(Path file, String content) {
        String password = content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        password = password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
        if (password.isBlank()) {
            throw new IllegalArgumentException(file + " is empty; it should hold the password and nothing else");
        }
        if (password.contains("\n") || password.contains("\0")) {
            throw new IllegalArgumentException(
                    file + " holds more than one line; it should hold the password and nothing else");
        }
        return new Secret(password);
    }

    private static void refuseOpenTo(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (openTo(mode, Files.getFileStore(file).isReadOnly())) {
            throw new IllegalArgumentException(file + " is open to others than its owner (mode "
                    + PosixFilePermissions.toString(mode) + "); run: chmod 600 " + file);
        }
    }

    static boolean openTo(Set<PosixFilePermission> mode, boolean readOnlyFileSystem) {
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(mode);
        others.removeAll(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        if (readOnlyFileSystem) {
            others.remove(PosixFilePermission.GROUP_READ);
            others.remove(PosixFilePermission.OTHERS_READ);
        }
        return !others.isEmpty();
    }
}
