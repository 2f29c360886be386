package io.throughline.member;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a command in a session of its own: else Ctrl-C reaches it before whoever started it can stop things in order. */
public final class OwnSession {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private OwnSession() {}

    /** The command as it is where the system has no {@code setsid}. */
    public static List<String> of(List<String> command) {
        return Files.isExecutable(SETSID)
                ? Stream.concat(Stream.of(SETSID.toString()), command.stream()).toList()
                : List.copyOf(command);
    }
}
