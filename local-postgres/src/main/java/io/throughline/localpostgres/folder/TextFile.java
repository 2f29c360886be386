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

    /** Replaces a file that everyone may read. */
    public static void replace(Path file, String text) {
        replace(file, text, "rw-r--r--", path -> {});
    }

    /** Replaces a file that only its owner may read, never readable for others in between. */
    public static void replaceSecret(Path file, String text) {
        replace(file, text, "rw-------", path -> {});
    }

    /** Replaces a file that only the user of PostgreSQL may read. */
    public static void replaceFor(Account account, Path file, String text) {
        replace(file, text, "rw-------", account::own);
    }

    private static void replace(Path file, String text, String permissions, Owning owning) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(beside);
            write(beside, text, permissions);
            owning.own(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    private interface Owning {
        void own(Path path) throws IOException;
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (FileChannel channel = FileChannel.open(file, options, mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes a file, or the names in a folder, last through a loss of power. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
