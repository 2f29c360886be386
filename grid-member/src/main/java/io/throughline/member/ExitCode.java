package io.throughline.member;

/**
 * How a member's process ended, for supervisors and scripts. The numbers are those of sysexits.h where that has a fitting
 * one. A process that was killed by a signal, or ran out of heap (3), has the JVM's own.
 */
public enum ExitCode {
    /** Asked to leave (SIGTERM, SIGINT) and left in order: its partitions were handed over. */
    LEFT_IN_ORDER(0),
    /** Something that isn't foreseen here. Start again; if it stays, it's a defect. */
    UNEXPECTED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** A shard can't be reached, or it disagrees with the configuration. Nothing was served. */
    START_REFUSED(69),
    /** Hazelcast ended while no one had asked for it. A supervisor should start the member again. */
    ENDED_BY_ITSELF(70),
    /** The member's port or the health port is taken. */
    PORT_IN_USE(71),
    /** Asked to leave, but handing over took longer than allowed. What was acknowledged is on the shards. */
    LEFT_IN_HASTE(75),
    /** Fenced: it was silent or cut off, and others have taken its place. A supervisor should start it again. */
    FENCED(76),
    /** hazelcast.yaml or throughline.yaml is missing or wrong. */
    CONFIG(78);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** What the parent process sees, 0 to 255. */
    public int status() {
        return status;
    }
}
