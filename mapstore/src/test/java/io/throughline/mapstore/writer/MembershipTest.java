package io.throughline.mapstore.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import org.junit.jupiter.api.Test;

class MembershipTest {

    /** Seen: a member that left in order fenced the two that stayed, in the milliseconds in which its list was empty. */
    @Test
    void a_member_that_has_shut_down_hears_no_majority_and_so_fences_no_one() {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(alone());
        Membership membership = new Membership(member, 1);
        assertThat(membership.hearsMajority()).isTrue();

        member.shutdown();

        assertThat(membership.hearsMajority()).isFalse();
    }

    private static Config alone() {
        Config config = new Config();
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return config.setProperty("hazelcast.socket.bind.any", "false");
    }
}
