package io.throughline.cli.folder;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds a grid's folder for one {@code up} at a time. The lock is the system's: it ends with the process, however that ends,
 * so that a file left behind means nothing.
 */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws CommandFailed if another process has it */
    public static FolderLock take(GridDirectory directory) {
        Path file = directory.lockFile();
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new CommandFailed(
                        ExitCode.BUSY,
                        "Another ./grid (pid " + pidIn(file) + ") holds the grid in " + directory
                                + ". See './grid status', stop it with './grid down', or name another folder with"
                                + " --dir.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, file + " can't be locked: " + e, e);
        }
    }

    /** The process that holds the folder; empty where none does. */
    public static OptionalLong holder(GridDirectory directory) {
        Path file = directory.lockFile();
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = tryLock(channel);
            return lock == null ? OptionalLong.of(pidIn(file)) : OptionalLong.empty();
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, file + " can't be opened: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisJvm) {
            return null;
        }
    }

    private static long pidIn(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException notYetWritten) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the folder's lock can't be let go", e);
        }
    }
}
