package io.throughline.localpostgres.binaries;

import java.nio.file.Path;

/**
 * PostgreSQL, unpacked.
 *
 * @param version such as {@code 18.4}
 */
public record Binaries(Path home, String version) {

    public Path initdb() {
        return home.resolve("bin").resolve("initdb");
    }

    public Path postgres() {
        return home.resolve("bin").resolve("postgres");
    }

    /** The part of the version that a data folder is bound to. */
    public String majorVersion() {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }
}
