package io.throughline.localpostgres.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The process that has, or had, a folder started. */
public record Owner(long pid, Instant started) {

    private static final Owner NOBODY = new Owner(0, Instant.EPOCH);
    /** The system works a start time out anew for each process that asks, and the clock may have been set between. */
    private static final Duration BLUR = Duration.ofSeconds(5);

    static Owner current() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    String text() {
        return pid + " " + started.toEpochMilli() + "\n";
    }

    /** Nobody, with pid 0, where it isn't said. */
    public static Owner read(Path file) {
        try {
            String[] parts = Files.readString(file).strip().split(" ", -1);
            return parts.length == 2
                    ? new Owner(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])))
                    : NOBODY;
        } catch (IOException | NumberFormatException notSaid) {
            return NOBODY;
        }
    }

    /** Whether that very process still runs, not another that got its pid. */
    public boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Duration.between(started, start).abs().compareTo(BLUR) < 0)
                .isPresent();
    }
}
