package io.throughline.mapstore.writer;

import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/** This member may not write or read here, now or ever; nothing was sent. */
public final class NotAllowedException extends SQLException {

    /** No class of PostgreSQL's: 25 is "invalid transaction state", which passes. */
    private static final String PASSING = "25T01";

    private final boolean forGood;

    private NotAllowedException(String message, boolean forGood) {
        super(message, PASSING);
        this.forGood = forGood;
    }

    static NotAllowedException fenced(String shard) {
        return new NotAllowedException(
                "this member has been fenced on " + shard + ": others have taken its place, and it is ending", true);
    }

    static NotAllowedException noMajority(String shard) {
        return new NotAllowedException(
                "members have left, and without a majority of the configured members this one may not fence them on "
                        + shard,
                false);
    }

    static NotAllowedException merging(String shard) {
        return new NotAllowedException(
                "this member merges into another cluster, and sends nothing to " + shard + " meanwhile", false);
    }

    static NotAllowedException listBehind(String shard) {
        return new NotAllowedException(
                "a member has left whose partitions are this one's now, and the member list does not show yet who may no"
                        + " longer write to " + shard,
                false);
    }

    static NotAllowedException settling(String shard) {
        return new NotAllowedException(
                "what this member owes to " + shard + " is being done, and takes its time", false);
    }

    public static NotAllowedException onItsWay(String shard) {
        return new NotAllowedException(
                "a partition came to this member and is in a migration again, so that what is owed for it to " + shard
                        + " is not done yet",
                false);
    }

    static NotAllowedException watching(String shard, Set<UUID> watched) {
        return new NotAllowedException(
                "writers that aren't in this member's list were seen on " + shard + " a moment ago, and are watched: "
                        + watched,
                false);
    }

    static NotAllowedException anotherGrid(String shard, Set<UUID> living) {
        return new NotAllowedException(
                "another grid writes to " + shard + ": its members " + living + " are alive and not in this one's list",
                true);
    }

    /** Whether waiting can't help. */
    public boolean forGood() {
        return forGood;
    }
}
