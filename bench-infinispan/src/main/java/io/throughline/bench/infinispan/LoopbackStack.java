package io.throughline.bench.infinispan;

import java.util.List;
import java.util.stream.Collectors;

/** How members find and hear each other: Infinispan's own TCP stack with a list of members instead of multicast. Stateless. */
final class LoopbackStack {

    /** Without FD_SOCK2, which would listen on a port more: FD_ALL3 notices a member that is gone, if later. */
    private static final String XML = """
            <config xmlns="urn:org:jgroups">
              <TCP bind_addr="127.0.0.1" bind_port="%d" port_range="0" diag.enabled="false" thread_naming_pattern="pl"
                   send_buf_size="640k" sock_conn_timeout="300ms" linger="-1" tcp_nodelay="true"
                   bundler_type="transfer-queue" bundler.max_size="64k" non_blocking_sends="false"
                   thread_pool.min_threads="0" thread_pool.max_threads="200" thread_pool.keep_alive_time="1m"/>
              <RED/>
              <TCPPING initial_hosts="%s" port_range="0"/>
              <MERGE3 min_interval="10s" max_interval="30s"/>
              <FD_ALL3/>
              <VERIFY_SUSPECT2 timeout="1s"/>
              <pbcast.NAKACK2 use_mcast_xmit="false" xmit_interval="200ms" xmit_table_num_rows="50"
                   xmit_table_msgs_per_row="1024" xmit_table_max_compaction_time="30s" resend_last_seqno="true"/>
              <UNICAST3 conn_close_timeout="5s" xmit_interval="200ms" xmit_table_num_rows="50"
                   xmit_table_msgs_per_row="1024" xmit_table_max_compaction_time="30s"/>
              <pbcast.STABLE desired_avg_gossip="5s" max_bytes="1M"/>
              <pbcast.GMS print_local_addr="false" join_timeout="2s"/>
              <UFC max_credits="4m" min_threshold="0.40"/>
              <MFC max_credits="4m" min_threshold="0.40"/>
              <FRAG4 frag_size="60k"/>
            </config>
            """;

    private LoopbackStack() {}

    /** @param members {@code host:port} of each */
    static String xml(int port, List<String> members) {
        return XML.formatted(
                port, members.stream().map(LoopbackStack::withBrackets).collect(Collectors.joining(",")));
    }

    private static String withBrackets(String address) {
        int colon = address.lastIndexOf(':');
        return address.substring(0, colon) + "[" + address.substring(colon + 1) + "]";
    }
}
