package io.throughline.localpostgres.postmaster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The signals that PostgreSQL and the system give a meaning to here. */
enum Signal {
    /** Fast shutdown: ends connections, then stops in order. */
    INT,
    /** Immediate shutdown: stops at once, the next start recovers. */
    QUIT,
    /** Reads its settings again. */
    HUP,
    KILL,
    STOP,
    CONT;

    /** The shell's own kill: the command of that name is missing on small systems. One that is gone is no failure. */
    void send(Collection<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$0\" \"$@\"", name()));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        Outcome.of(command, Path.of("/"));
    }
}
