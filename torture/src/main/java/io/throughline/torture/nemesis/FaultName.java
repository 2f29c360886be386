package io.throughline.torture.nemesis;

import java.util.stream.Stream;

/** The faults by name, and how long each may last. */
public enum FaultName {
    KILL_MEMBER("kill-member", 0, 0, "SIGKILL to a member; the watch starts it again"),
    STALL_MEMBER("stall-member", 1, 15, "SIGSTOP to a member, SIGCONT 1 to 15 s later"),
    KILL_PRIMARY("kill-primary", 0, 0, "SIGKILL to a primary and its children; the watch promotes a standby"),
    STALL_PRIMARY("stall-primary", 1, 15, "SIGSTOP to a primary and its children; past some 7 s it is replaced"),
    KILL_STANDBY("kill-standby", 0, 0, "SIGKILL to a standby; the watch starts it again"),
    CUT_NETWORK("cut-network", 2, 15, "one member hears no other for 2 to 15 s; clients and shards are in its reach"),
    FILL_DISK("fill-disk", 3, 8, "a primary's disk, a small one of its own, is full for 3 to 8 s"),
    RESTART_ALL("restart-all", 0, 0, "SIGKILL to every member and every PostgreSQL node at once"),
    CLOCK("clock", 5, 15, "a member's wall clock jumps by up to a minute and back"),
    KILL_AHEAD(
            "kill-ahead",
            1,
            3,
            "a primary sends no WAL any more for 1 to 3 s, then SIGKILL; the watch promotes a standby"),
    REPLACE_WRITER(
            "replace-writer",
            13,
            14,
            "a shard's commits stall, so that a member's writes queue; the member is stalled until"
                    + " others have replaced it"),
    LOCK_KEYS("lock-keys", 1, 3, "a client holds the locks of two keys: writes and evictions wait, reads don't");

    private final String text;
    private final int shortestSeconds;
    private final int longestSeconds;
    private final String deed;

    FaultName(String text, int shortestSeconds, int longestSeconds, String deed) {
        this.text = text;
        this.shortestSeconds = shortestSeconds;
        this.longestSeconds = longestSeconds;
        this.deed = deed;
    }

    /** As on the command line. */
    public String text() {
        return text;
    }

    /** What it does, in one line. */
    public String deed() {
        return deed;
    }

    int shortestSeconds() {
        return shortestSeconds;
    }

    int longestSeconds() {
        return longestSeconds;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static FaultName of(String text) {
        return Stream.of(values())
                .filter(fault -> fault.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault named '" + text + "'"));
    }
}
