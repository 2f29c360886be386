package io.throughline.mapstore.writer;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who is in this member's list, and who has left it. The list is read anew each time, which is a copy of a volatile
 * snapshot: an event would come on another thread, and so possibly after the first store of a new owner. Thread-safe.
 */
public final class Membership {

    /** The name of the split-brain protection that every map of a grid has. */
    public static final String MAJORITY = "throughline-majority";

    /**
     * All of one list.
     *
     * @param addresses where its members listen
     * @param departed every member that was ever in the list and isn't now
     */
    record Look(Set<UUID> members, Set<String> addresses, Set<UUID> departed) {}

    private final HazelcastInstance hazelcast;
    private final Identity identity = new Identity();
    private final int majority;
    private volatile Look last = new Look(Set.of(), Set.of(), Set.of());

    /** @param majority how many members, itself included, must hear each other */
    public Membership(HazelcastInstance hazelcast, int majority) {
        this.hazelcast = hazelcast;
        this.majority = majority;
    }

    /** Has every newcomer looked at, also one that leaves again before this member's next statement. */
    public void watch() {
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                look();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                look();
            }
        });
    }

    public Identity identity() {
        return identity;
    }

    UUID self() {
        return hazelcast.getCluster().getLocalMember().getUuid();
    }

    String address() {
        return address(hazelcast.getCluster().getLocalMember());
    }

    /**
     * Whether this member has lately heard a majority of the configured size, itself included. One that shuts down hears
     * no one: Hazelcast empties its list then, which looks as if everyone else had left, and it would fence them all.
     * Holds only for a list that was looked at before, as Hazelcast says that it shuts down before it empties the list.
     */
    public boolean hearsMajority() {
        return hazelcast.getLifecycleService().isRunning() && (majority == 1 || minimumIsThere());
    }

    private boolean minimumIsThere() {
        return hazelcast
                .getSplitBrainProtectionService()
                .getSplitBrainProtection(MAJORITY)
                .hasMinimumSize();
    }

    /** The oldest member is. There a departure is in the list before anyone is promoted for it. */
    public boolean isMaster() {
        return hazelcast.getCluster().getMembers().stream()
                .findFirst()
                .map(Member::localMember)
                .orElse(true);
    }

    boolean mayMigrate() {
        return hazelcast.getCluster().getClusterState().isMigrationAllowed();
    }

    /** Those of the list that may own partitions. */
    Set<UUID> dataMembers() {
        return hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.isLiteMember())
                .map(Member::getUuid)
                .collect(Collectors.toCollection(HashSet::new));
    }

    Look look() {
        Look before = last;
        Set<Member> members = hazelcast.getCluster().getMembers();
        return sameMembers(before, members) ? before : changed();
    }

    private static boolean sameMembers(Look before, Set<Member> members) {
        if (members.size() != before.members().size()) {
            return false;
        }
        for (Member member : members) {
            if (!before.members().contains(member.getUuid())) {
                return false;
            }
        }
        return true;
    }

    /** Reads the list anew: with one from before the lock, a newcomer that another thread has seen would have left. */
    private synchronized Look changed() {
        Set<UUID> now = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            now.add(member.getUuid());
            addresses.add(address(member));
        }
        Set<UUID> departed = new HashSet<>(last.departed());
        departed.addAll(last.members());
        departed.removeAll(now);
        Look look = new Look(Set.copyOf(now), Set.copyOf(addresses), Set.copyOf(departed));
        last = look;
        return look;
    }

    private static String address(Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }
}
