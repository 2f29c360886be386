package io.throughline.localpostgres.postmaster;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.folder.NodeFolder;
import java.util.List;
import java.util.Locale;

/** Finds the cause in what a server wrote before it ended. The words are PostgreSQL's and the system's, in English. */
final class StartFailure {

    private record Symptom(Code code, String way, List<String> words) {

        boolean in(String written) {
            return words.stream().anyMatch(written::contains);
        }
    }

    private static final List<Symptom> SYMPTOMS = List.of(
            new Symptom(
                    Code.PORT_TAKEN,
                    "another program listens on its port. End it, or choose another port.",
                    List.of("address already in use")),
            new Symptom(
                    Code.DISK_FULL,
                    "the disk is full. Free some space and start again.",
                    List.of("no space left on device", "disk quota exceeded")),
            new Symptom(
                    Code.VERSION_DIFFERS,
                    "its data was made by another major version of PostgreSQL.",
                    List.of("not compatible with this version", "incompatible with server")),
            new Symptom(
                    Code.LIBRARIES_MISSING,
                    "a library that it needs is missing.",
                    List.of("error while loading shared libraries", "library not loaded", "version `glibc")),
            new Symptom(
                    Code.ALREADY_RUNNING,
                    "another server runs on its data. Stop that one first.",
                    List.of("lock file \"postmaster.pid\" already exists", "pre-existing shared memory block")),
            new Symptom(
                    Code.OUT_OF_MEMORY,
                    "the system gave it no memory.",
                    List.of("could not map anonymous shared memory", "cannot allocate memory", "out of memory")),
            new Symptom(
                    Code.FOLDER_NOT_WRITABLE,
                    "its data cannot be written by the user that it runs as.",
                    List.of("permission denied", "read-only file system", "has wrong ownership")));

    private static final Symptom NONE = new Symptom(Code.START_FAILED, "the server ended.", List.of());
    private static final int LINES_SHOWN = 12;

    private StartFailure() {}

    static LocalPostgresException of(String id, int port, NodeFolder folder, String written) {
        Symptom symptom = symptom(written);
        return new LocalPostgresException(
                symptom.code(),
                id + " (port " + port + ", data " + folder.data() + ") did not start: " + symptom.way() + " Its log, "
                        + folder.log() + ", ends with:\n" + lastLines(written));
    }

    static Code code(String written) {
        return symptom(written).code();
    }

    private static Symptom symptom(String written) {
        String words = written.toLowerCase(Locale.ROOT);
        return SYMPTOMS.stream()
                .filter(symptom -> symptom.in(words))
                .findFirst()
                .orElse(NONE);
    }

    private static String lastLines(String written) {
        List<String> lines = written.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
