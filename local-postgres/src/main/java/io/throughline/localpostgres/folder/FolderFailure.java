package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** Names the cause of an I/O failure. The JDK gives no class of its own to a full disk, only the system's words. */
public final class FolderFailure {

    private FolderFailure() {}

    public static LocalPostgresException of(Path path, IOException failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("no space left") || words.contains("disk quota exceeded")) {
            return new LocalPostgresException(
                    Code.DISK_FULL, "The disk of " + path + " is full. Free some space and start again.", failure);
        }
        if (failure instanceof AccessDeniedException
                || words.contains("read-only file system")
                || words.contains("permission denied")) {
            return new LocalPostgresException(
                    Code.FOLDER_NOT_WRITABLE,
                    path + " cannot be written (" + failure
                            + "). Give this user the right to write there, or name another folder.",
                    failure);
        }
        return new LocalPostgresException(
                Code.FOLDER_NOT_WRITABLE, path + " cannot be read or written: " + failure, failure);
    }
}
