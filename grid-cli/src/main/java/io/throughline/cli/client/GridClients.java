package io.throughline.cli.client;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.folder.GridState;
import java.util.List;

/** Hazelcast clients of a grid on this machine. Stateless. */
public final class GridClients {

    /** As in the config/hazelcast.yaml that this project ships. */
    public static final String CLUSTER = "throughline";

    private static final int CONNECT_MILLIS = 3_000;

    private GridClients() {}

    /** For an application: connects to every member, and each operation goes straight to its owner. */
    public static ClientConfig config(List<String> members) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(CLUSTER);
        config.getNetworkConfig().setAddresses(members).setConnectionTimeout(2_000);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(CONNECT_MILLIS);
        config.getMetricsConfig().setEnabled(false);
        // As in config/hazelcast-client.yaml: a member that has just joined can't acknowledge to a client that it isn't
        // connected to yet.
        config.setBackupAckToClientEnabled(false);
        // A put whose backups did not answer is told as such and not as done.
        config.setProperty("hazelcast.client.operation.fail.on.indeterminate.state", "true");
        config.setProperty("hazelcast.client.heartbeat.interval", "1000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "8000");
        config.setProperty("hazelcast.client.statistics.enabled", "false");
        return config;
    }

    /** For one operation from the shell, where starting the client is most of the time: one connection, few threads. */
    public static ClientConfig configForOneOperation(List<String> members) {
        ClientConfig config = config(members);
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
        config.setProperty("hazelcast.client.io.input.thread.count", "1");
        config.setProperty("hazelcast.client.io.output.thread.count", "1");
        config.setProperty("hazelcast.client.event.thread.count", "1");
        config.setProperty("hazelcast.client.response.thread.count", "0");
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "30");
        return config;
    }

    /** @throws CommandFailed if no member answers */
    public static HazelcastInstance connect(ClientConfig config, GridState state) {
        try {
            return HazelcastClient.newHazelcastClient(config);
        } catch (IllegalStateException e) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING,
                    "No member answers at " + String.join(", ", state.memberAddresses())
                            + ". './grid status' shows what runs, './grid up' starts it.",
                    e);
        }
    }
}
