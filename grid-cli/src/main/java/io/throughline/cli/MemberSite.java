package io.throughline.cli;

import io.throughline.member.MemberProcessBuilder;
import java.util.List;

/** Where the members of a local grid are reached, and what each one's JVM is given beside what every member needs. */
public interface MemberSite {

    /** At the ports that they listen on, and nothing beside. */
    MemberSite LOOPBACK = new MemberSite() {};

    /**
     * Called once, before the first member starts.
     *
     * @param ports that the members will listen on, in order
     * @return {@code host:port} of each, as other members and clients reach it
     */
    default List<String> addresses(List<Integer> ports) {
        return ports.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /**
     * Called at each start of a member.
     *
     * @param number 1 for the first
     */
    default void furnish(int number, MemberProcessBuilder member) {}
}
