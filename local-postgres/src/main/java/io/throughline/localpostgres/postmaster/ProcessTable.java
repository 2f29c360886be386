package io.throughline.localpostgres.postmaster;

import io.throughline.localpostgres.binaries.Platform;
import java.nio.file.Path;
import java.util.List;

/**
 * Which PostgreSQL processes run on a data folder. The pid file alone doesn't tell: after a kill its pid may by now be
 * any other process, and children outlive their postmaster.
 */
interface ProcessTable {

    /** Postmaster and children, dead ones that no one has reaped left out. */
    List<Long> on(Path data);

    boolean runsOn(Path data, long pid);

    /** Whether SIGSTOP holds it. */
    boolean paused(long pid);

    static ProcessTable of(Platform platform) {
        return platform.linux() ? new LinuxProcessTable() : new PortableProcessTable();
    }
}
