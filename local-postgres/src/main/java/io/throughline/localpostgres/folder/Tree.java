package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.account.Account;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whole folders. */
public final class Tree {

    private Tree() {}

    /** Deletes a folder with all that is in it; links are deleted, not followed. */
    public static void delete(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            walk(folder, new Deleting());
        }
    }

    /**
     * Copies a folder that a server may be writing to: what vanishes meanwhile is left out.
     *
     * @param left whether a path, relative to the folder, is left out
     */
    public static void copy(Path from, Path to, Account account, Predicate<Path> left) {
        walk(from, new Copying(from, to, account, left));
    }

    private static void walk(Path folder, Visiting visitor) {
        try {
            Files.walkFileTree(folder, visitor);
        } catch (InterruptedIOException interrupted) {
            throw new LocalPostgresException(Code.CLOSED, "The copy of " + folder + " was broken off.", interrupted);
        } catch (IOException failure) {
            throw FolderFailure.of(folder, failure);
        }
    }

    private abstract static class Visiting extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static final class Deleting extends Visiting {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Copying extends Visiting {

        private final Path from;
        private final Path to;
        private final Account account;
        private final Predicate<Path> left;

        Copying(Path from, Path to, Account account, Predicate<Path> left) {
            this.from = from;
            this.to = to;
            this.account = account;
            this.left = left;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (left.test(from.relativize(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Path copy = to.resolve(from.relativize(folder));
            Files.createDirectory(
                    copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            account.own(copy);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            Path relative = from.relativize(file);
            if (!left.test(relative)) {
                try {
                    Path copy = to.resolve(relative);
                    Files.copy(file, copy);
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
                    account.own(copy);
                } catch (NoSuchFileException vanished) {
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
