package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Makes the passwords once. */
public final class PasswordFiles {

    private static final int RANDOM_BYTES = 24;

    private PasswordFiles() {}

    /** @param needed whether nodes exist already, whose passwords cannot be made up again */
    public static Secrets open(Path folder, boolean needed) {
        Secrets secrets = new Secrets(folder);
        makeFolder(folder);
        SecureRandom random = new SecureRandom();
        for (Path file : List.of(secrets.postgres(), secrets.replicator(), secrets.owner(), secrets.application())) {
            if (Files.exists(file)) {
                continue;
            }
            if (needed) {
                throw new LocalPostgresException(
                        Code.SECRETS_MISSING,
                        file + " is missing, but the databases know its password. Restore it from a copy.");
            }
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            TextFile.replaceSecret(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
        }
        return secrets;
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException failure) {
            throw FolderFailure.of(folder, failure);
        }
    }
}
