package io.throughline.localpostgres.postmaster;

import io.throughline.localpostgres.account.Account;
import io.throughline.localpostgres.folder.FolderFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that a server's outputs go to. One older one is kept. */
final class ServerLog {

    private static final long MOST_BYTES = 16L << 20;

    private final Path file;

    ServerLog(Path file) {
        this.file = file;
    }

    /** Makes room and gives the position from which the next start writes. */
    long begin(Account account) {
        try {
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(file)) {
                Files.createFile(file);
                account.own(file);
            }
            return Files.size(file);
        } catch (IOException failure) {
            throw FolderFailure.of(file, failure);
        }
    }

    String since(long position) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(log.length() - position, MOST_BYTES)];
            log.seek(position);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(" + unreadable.getMessage() + ")";
        }
    }
}
