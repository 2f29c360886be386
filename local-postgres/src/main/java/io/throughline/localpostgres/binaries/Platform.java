package io.throughline.localpostgres.binaries;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The system and processor that the artifacts are named after. */
public record Platform(String system, String processor) {

    private static final String LINUX = "linux";
    private static final String MAC = "darwin";

    public static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        return new Platform(system(osName), processor(osArch));
    }

    private static String system(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return LINUX;
        }
        if (name.startsWith("mac")) {
            return MAC;
        }
        throw new LocalPostgresException(
                Code.PLATFORM_UNSUPPORTED,
                "There is no PostgreSQL artifact for " + osName + "; there is one for Linux and for macOS.");
    }

    private static String processor(String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default ->
                throw new LocalPostgresException(
                        Code.PLATFORM_UNSUPPORTED,
                        "There is no PostgreSQL artifact for the processor " + osArch
                                + "; there is one for amd64 and for arm64.");
        };
    }

    /** The archive in the artifact's jar. */
    String archive() {
        return "postgres-" + system + "-" + processor + ".txz";
    }

    public boolean linux() {
        return system.equals(LINUX);
    }

    /**
     * The command in a session of its own, as the same process: Ctrl-C in a terminal reaches the whole foreground
     * process group, and PostgreSQL must not stop before those that write to it.
     */
    public List<String> detached(List<String> command) {
        List<String> prefix =
                linux() && (Files.exists(Path.of("/usr/bin/setsid")) || Files.exists(Path.of("/bin/setsid")))
                        ? List.of("setsid")
                        : List.of("perl", "-MPOSIX=setsid", "-e", "setsid(); exec(@ARGV) or die qq($!)");
        List<String> detached = new java.util.ArrayList<>(prefix);
        detached.addAll(command);
        return detached;
    }
}
