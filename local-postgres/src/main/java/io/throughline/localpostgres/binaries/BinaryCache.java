package io.throughline.localpostgres.binaries;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Progress;
import io.throughline.localpostgres.account.Account;
import io.throughline.localpostgres.folder.FolderFailure;
import io.throughline.localpostgres.folder.Tree;
import io.throughline.localpostgres.postmaster.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Unpacks PostgreSQL once for each user and artifact; whoever is killed in the middle leaves nothing that is used. */
public final class BinaryCache {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+(\\.\\d+)?)");

    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path folder;
    private final Platform platform;
    private final Account account;
    private final Progress progress;

    public BinaryCache(Path folder, Platform platform, Account account, Progress progress) {
        this.folder = folder;
        this.platform = platform;
        this.account = account;
        this.progress = progress;
    }

    /** Root's home is closed to the user that PostgreSQL runs as. */
    public static Path defaultFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        String configured = System.getenv("XDG_CACHE_HOME");
        if (Account.root()) {
            return Path.of("/var/cache/throughline");
        }
        return (configured == null || configured.isBlank() ? home.resolve(".cache") : Path.of(configured))
                .resolve("throughline");
    }

    public Binaries open() {
        Archive archive = Archive.of(platform);
        Path home = folder.resolve(archive.identity());
        if (!Files.isDirectory(home)) {
            unpack(archive, home);
        }
        account.checkReach(home);
        return new Binaries(home, version(home));
    }

    private void unpack(Archive archive, Path home) {
        progress.step("", "unpacking PostgreSQL into " + home + " (once)");
        try {
            makeFolder();
            // Another JVM may unpack at the same time: one does it, the other waits and finds it done.
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                InterJvmLock.take(channel);
                sweep();
                if (!Files.isDirectory(home)) {
                    Path beside = Files.createDirectory(folder.resolve("unpacking-" + archive.identity()));
                    Files.setPosixFilePermissions(beside, FOR_ALL);
                    try (InputStream compressed = archive.open()) {
                        TarXz.unpack(compressed, beside);
                    }
                    Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException failure) {
            throw FolderFailure.of(folder, failure);
        }
    }

    /** Whatever the umask: PostgreSQL may run as another user. */
    private void makeFolder() throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, FOR_ALL);
        }
    }

    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith("unpacking-"))
                    .forEach(Tree::delete);
        }
    }

    /** Asks the server itself, which also shows whether its libraries are here. */
    private String version(Path home) {
        Path postgres = home.resolve("bin").resolve("postgres");
        Outcome outcome = Outcome.of(account.command(List.of(postgres.toString(), "--version")), folder);
        Matcher version = VERSION.matcher(outcome.output());
        if (outcome.exitCode() == 0 && version.find()) {
            return version.group(1);
        }
        throw new LocalPostgresException(
                Code.LIBRARIES_MISSING,
                postgres + " does not run: " + outcome.output().strip()
                        + ". It needs glibc, libstdc++ and libgcc (Debian: apt-get install libstdc++6). If a file of the"
                        + " folder itself is missing, delete " + home + "; it is unpacked again.");
    }
}
