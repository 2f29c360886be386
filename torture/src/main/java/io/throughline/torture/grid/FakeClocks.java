package io.throughline.torture.grid;

import io.throughline.member.MemberProcessBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Wall clocks of members that can be set while they run, by libfaketime, which reads the offset from a file. Monotonic time
 * stays true. Not PostgreSQL's: its children are started with a clean environment.
 *
 * @param library libfaketimeMT.so.1
 * @param folder where the offsets stand
 */
public record FakeClocks(Path library, Path folder) {

    private static final String FILE = "libfaketimeMT.so.1";

    /** As Debian's package libfaketime has it; empty where it isn't installed. */
    public static Optional<Path> installed() {
        String named = System.getenv().getOrDefault("LIBFAKETIME", "");
        Stream<Path> debian = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(platform -> Path.of("/usr/lib", platform, "faketime", FILE));
        return Stream.concat(Stream.of(named).filter(name -> !name.isEmpty()).map(Path::of), debian)
                .filter(Files::isReadable)
                .findFirst();
    }

    void furnish(int number, MemberProcessBuilder member) {
        // A member that starts again while its clock is wrong starts with the wrong one.
        if (!Files.exists(file(number))) {
            set(number, 0);
        }
        Map.of(
                        // Without it timed waits of the JVM return at once, and threads spin.
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                        "LD_PRELOAD", library.toString(),
                        "FAKETIME_TIMESTAMP_FILE", file(number).toString(),
                        "FAKETIME_NO_CACHE", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        "DONT_FAKE_MONOTONIC", "1")
                .forEach(member::environment);
    }

    /**
     * @param number of the member, from 1
     * @param seconds ahead of the system's clock; negative is behind
     */
    public void set(int number, int seconds) {
        Path file = file(number);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(draft, List.of((seconds < 0 ? "" : "+") + seconds));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    private Path file(int number) {
        return folder.resolve("clock-of-member-" + number);
    }
}
