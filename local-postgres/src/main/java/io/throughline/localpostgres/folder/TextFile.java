package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.account.Account;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Small text files, read whole and replaced whole: whoever is killed in the middle leaves the old or the new one. */
public final class TextFile {

    private TextFile() {}

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    /** Replaces a file that everyone may read; it lasts through a loss of power. */
    public static void replace(Path file, String text) {
        replaceLasting(file, text, "rw-r--r--");
    }

    /** Replaces a file that only its owner may read, never readable for others in between; it lasts as well. */
    public static void replaceSecret(Path file, String text) {
        replaceLasting(file, text, "rw-------");
    }

    /** Replaces a file that only the user of PostgreSQL may read, and that is written anew at each start. */
    public static void replaceFor(Account account, Path file, String text) {
        try {
            Path beside = write(file, text, "rw-------");
            account.own(beside);
            move(beside, file);
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    private static void replaceLasting(Path file, String text, String permissions) {
        try {
            Path beside = write(file, text, permissions);
            force(beside);
            move(beside, file);
            force(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    private static void move(Path beside, Path file) throws IOException {
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path write(Path file, String text, String permissions) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (FileChannel channel = FileChannel.open(beside, options, mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        return beside;
    }

    /** A file's contents, or the names in a folder. */
    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
