package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a folder for one starter. The system lets go of it when the process ends, in whatever way. Who holds it stands in
 * a file of its own: on POSIX systems a process that opens and closes a locked file anew has lost its lock on it.
 */
public final class FolderLock implements AutoCloseable {

    /** The system knows one holder a process; threads of this one are kept apart here. */
    private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path owner;
    private final FileChannel channel;

    private FolderLock(Path file, Path owner, FileChannel channel) {
        this.file = file;
        this.owner = owner;
        this.channel = channel;
    }

    /** @param owner where the holder writes who it is */
    public static FolderLock take(Path file, Path owner) {
        Path real = real(file);
        if (!HELD_BY_THIS_JVM.add(real)) {
            throw inUse(file, Owner.current());
        }
        try {
            FolderLock lock = new FolderLock(real, owner, locked(file, owner));
            TextFile.replace(owner, Owner.current().text());
            return lock;
        } catch (RuntimeException failure) {
            HELD_BY_THIS_JVM.remove(real);
            throw failure;
        }
    }

    private static Path real(Path file) {
        try {
            return file.resolveSibling("").toRealPath().resolve(file.getFileName());
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    private static FileChannel locked(Path file, Path owner) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(file, Owner.read(owner));
            }
            return channel;
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    private static LocalPostgresException inUse(Path file, Owner owner) {
        return new LocalPostgresException(
                Code.FOLDER_IN_USE,
                "The shards in " + file.resolveSibling("") + " are started by process " + owner.pid()
                        + ". Stop it first, or name another folder.");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(owner);
            channel.close();
        } catch (IOException failure) {
            throw new IllegalStateException("The lock could not be let go", failure);
        } finally {
            HELD_BY_THIS_JVM.remove(file);
        }
    }
}
