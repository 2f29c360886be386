package io.throughline.localpostgres.postmaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a postmaster writes of itself into {@code postmaster.pid}.
 *
 * @param port 0 where it isn't written yet
 * @param ready whether it takes connections; a standby does once it is consistent
 */
record PidFile(long pid, int port, boolean ready) {

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Path in(Path data) {
        return data.resolve("postmaster.pid");
    }

    static Optional<PidFile> read(Path data) {
        try {
            return parse(Files.readAllLines(in(data)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static Optional<PidFile> parse(List<String> lines) {
        try {
            long pid = Long.parseLong(line(lines, 0));
            String port = line(lines, PORT_LINE);
            return Optional.of(new PidFile(
                    pid,
                    port.isEmpty() ? 0 : Integer.parseInt(port),
                    line(lines, STATUS_LINE).equals("ready")));
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    private static String line(List<String> lines, int number) {
        return lines.size() > number ? lines.get(number).strip() : "";
    }
}
