package io.throughline.cli;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.cli.client.GridClients;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.config.GridMapConfig;
import java.util.stream.Collectors;

/** A grid that another process runs, found by its folder. Immutable. */
public final class RunningGrid {

    private final GridDirectory directory;
    private final GridState state;

    private RunningGrid(GridDirectory directory, GridState state) {
        this.directory = directory;
        this.state = state;
    }

    /** @throws CommandFailed if there is no grid in the folder, or it was stopped */
    public static RunningGrid in(GridDirectory directory) {
        GridState state = directory.existingState();
        if (state.phase() == GridState.Phase.STOPPED) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING, "The grid in " + directory + " is stopped. './grid up' starts it.");
        }
        return new RunningGrid(directory, state);
    }

    public GridDirectory directory() {
        return directory;
    }

    public GridState state() {
        return state;
    }

    /** For an application's client, connected to every member. */
    public ClientConfig clientConfig() {
        return GridClients.config(state.memberAddresses());
    }

    /** @throws CommandFailed if no member answers */
    public HazelcastInstance connect() {
        return GridClients.connect(clientConfig(), state);
    }

    /** For one operation: quicker to start than {@link #connect}. */
    public HazelcastInstance connectForOneOperation() {
        return GridClients.connect(GridClients.configForOneOperation(state.memberAddresses()), state);
    }

    /** Its throughline.yaml: shards, maps, and the role that reads and writes rows. */
    public GridConfig config() {
        try {
            return new GridConfigReader().read(directory.throughlineYaml());
        } catch (GridConfigException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws CommandFailed if the grid has no such map */
    public GridMapConfig map(String name) {
        GridConfig config = config();
        return config.map(name)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "The grid has no map '" + name + "', only "
                                + config.maps().stream()
                                        .map(GridMapConfig::name)
                                        .collect(Collectors.joining(", "))
                                + " (" + directory.throughlineYaml() + ")."));
    }
}
