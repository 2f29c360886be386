package io.throughline.member;

/** Where a member is in its life. */
enum Phase {
    STARTING("it is starting"),
    SERVING(""),
    LEAVING("it is leaving the grid"),
    ENDED("its Hazelcast has ended");

    private final String notJoined;

    Phase(String notJoined) {
        this.notJoined = notJoined;
    }

    /** Why it doesn't count as joined; empty if it does. */
    String notJoined() {
        return notJoined;
    }
}
