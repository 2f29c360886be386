package io.throughline.bench;

import io.throughline.bench.grid.GridUnderLoad;
import io.throughline.bench.grid.LoadingClient;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.client.GridClients;
import io.throughline.cli.folder.GridState;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which grid to load; a picocli mixin. The one of --dir, or one that runs elsewhere. */
public final class ConnectOptions {

    @Mixin
    private GridOption grid = new GridOption();

    @Option(
            names = "--connect",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Members of a grid that was not started by ./grid up. Needs --config")
    private List<String> connect = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Its throughline.yaml, for the shards that the rows are compared on")
    private @Nullable Path config;

    @Option(
            names = "--health",
            split = ",",
            paramLabel = "URL",
            description = "Where its members serve /metrics, for the share of gets from memory")
    private List<String> health = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = GridClients.CLUSTER,
            description = "Its cluster-name in hazelcast.yaml. Default: " + GridClients.CLUSTER)
    private String cluster = GridClients.CLUSTER;

    @Option(
            names = "--client",
            defaultValue = "plain",
            description =
                    "What loads it: ${COMPLETION-CANDIDATES}. plain: two stock clients, one puts and the other gets;"
                            + " resilient: the resilient map, which goes to the shards where a member is slow. Default: plain")
    private LoadingClient client = LoadingClient.PLAIN;

    /** @throws CommandFailed if there is no such grid, or its configuration can't be read */
    GridUnderLoad grid() {
        if (connect.isEmpty()) {
            GridState state = grid.directory().existingState();
            List<String> urls = state.members().stream()
                    .map(GridState.Member::health)
                    .filter(url -> !url.isEmpty())
                    .toList();
            Path file = config == null ? grid.directory().throughlineYaml() : config;
            return new GridUnderLoad(cluster, state.memberAddresses(), urls, read(file), client);
        }
        if (config == null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--connect needs --config with the grid's throughline.yaml: without its shards nothing could be"
                            + " proven.");
        }
        return new GridUnderLoad(cluster, connect, health, read(config), client);
    }

    private static GridConfig read(Path file) {
        try {
            return new GridConfigReader().read(file);
        } catch (GridConfigException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
