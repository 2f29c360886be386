package io.throughline.cli.command;

import io.throughline.cli.client.GridClients;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.terminal.Screen;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code up} ends with: a first put from the shell, from Java, from Python. */
record HowToConnect(GridState state) {

    void print(Screen screen) {
        lines().forEach(line -> screen.print(line));
    }

    List<String> lines() {
        String quoted = state.memberAddresses().stream()
                .map(address -> "\"" + address + "\"")
                .collect(Collectors.joining(", "));
        return List.of(
                "",
                "@|bold Shell|@    ./grid put kv a hello && ./grid get kv a",
                "",
                "@|bold Java|@     ClientConfig config = new ClientConfig().setClusterName(\"" + GridClients.CLUSTER
                        + "\");",
                "         config.getNetworkConfig().addAddress(" + quoted + ");",
                "         IMap<String, String> kv = HazelcastClient.newHazelcastClient(config).getMap(\"kv\");",
                "         kv.put(\"a\", \"hello\");",
                "",
                "@|bold Python|@   import hazelcast",
                "         client = hazelcast.HazelcastClient(cluster_name=\"" + GridClients.CLUSTER + "\",",
                "                                            cluster_members=[" + quoted + "])",
                "         client.get_map(\"kv\").blocking().put(\"a\", \"hello\")",
                "",
                "Start Java applications with -Djava.util.concurrent.ForkJoinPool.common.parallelism=4: on few cores each",
                "callback gets a thread of its own without it. './grid status' shows every address.");
    }
}
