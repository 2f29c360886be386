package io.throughline.localpostgres.postmaster;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds the cause in what a server wrote before it ended. The words are PostgreSQL's and the system's, in English. */
final class StartFailure {

    private static final int LINES_SHOWN = 12;

    private StartFailure() {}

    static LocalPostgresException of(String id, int port, Path data, Path log, String written) {
        Code code = code(written);
        return new LocalPostgresException(
                code,
                id + " did not start: " + advice(code, port, data) + " Its log, " + log + ", ends with:\n"
                        + lastLines(written));
    }

    static Code code(String written) {
        String words = written.toLowerCase(Locale.ROOT);
        if (words.contains("address already in use")) {
            return Code.PORT_TAKEN;
        }
        if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
            return Code.DISK_FULL;
        }
        if (words.contains("not compatible with this version")) {
            return Code.VERSION_DIFFERS;
        }
        if (words.contains("error while loading shared libraries")
                || words.contains("library not loaded")
                || words.contains("version `glibc")) {
            return Code.LIBRARIES_MISSING;
        }
        if (words.contains("lock file \"postmaster.pid\" already exists")
                || words.contains("pre-existing shared memory block")) {
            return Code.ALREADY_RUNNING;
        }
        if (words.contains("could not map anonymous shared memory")
                || words.contains("could not create semaphores")
                || words.contains("out of memory")
                || words.contains("cannot allocate memory")) {
            return Code.OUT_OF_MEMORY;
        }
        if (words.contains("permission denied") || words.contains("read-only file system")) {
            return Code.FOLDER_NOT_WRITABLE;
        }
        return Code.START_FAILED;
    }

    private static String advice(Code code, int port, Path data) {
        if (code == Code.PORT_TAKEN) {
            return "another program listens on 127.0.0.1:" + port + ". End it, or choose fixed ports.";
        }
        if (code == Code.DISK_FULL) {
            return "the disk of " + data + " is full. Free some space and start again.";
        }
        if (code == Code.VERSION_DIFFERS) {
            return data + " was made by another major version of PostgreSQL.";
        }
        if (code == Code.LIBRARIES_MISSING) {
            return "a library that it needs is missing.";
        }
        if (code == Code.ALREADY_RUNNING) {
            return "another PostgreSQL server runs on " + data + ". Stop it first.";
        }
        if (code == Code.OUT_OF_MEMORY) {
            return "the system gave it no memory.";
        }
        if (code == Code.FOLDER_NOT_WRITABLE) {
            return data + " or something in it cannot be written.";
        }
        return "the server ended.";
    }

    private static String lastLines(String written) {
        List<String> lines = written.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
