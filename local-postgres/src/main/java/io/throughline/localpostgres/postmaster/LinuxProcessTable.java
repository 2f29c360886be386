package io.throughline.localpostgres.postmaster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every PostgreSQL process works in its data folder, and Linux shows where a process works. */
final class LinuxProcessTable implements ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final String NAME = "postgres";
    private static final String DELETED = " (deleted)";

    @Override
    public List<Long> on(Path data) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (runsOn(data, pid)) {
                    found.add(pid);
                }
            }
        } catch (IOException failure) {
            throw new IllegalStateException("/proc cannot be read", failure);
        }
        return found;
    }

    @Override
    public boolean runsOn(Path data, long pid) {
        Path entry = PROC.resolve(Long.toString(pid));
        try {
            String place = Files.readSymbolicLink(entry.resolve("cwd")).toString();
            String real = real(data);
            return (place.equals(real) || place.equals(real + DELETED))
                    && Files.readString(entry.resolve("comm")).strip().equals(NAME);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /** A folder that was deleted has no real path of its own, but the one above it does. */
    private static String real(Path data) throws IOException {
        return Files.exists(data)
                ? data.toRealPath().toString()
                : data.resolveSibling("")
                        .toRealPath()
                        .resolve(data.getFileName())
                        .toString();
    }

    @Override
    public boolean paused(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // The name before it may hold anything, brackets too.
            String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
            return state.startsWith("T");
        } catch (IOException gone) {
            return false;
        }
    }
}
