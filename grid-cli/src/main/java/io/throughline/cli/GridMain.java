package io.throughline.cli;

import io.throughline.cli.command.Grid;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** {@code ./grid}. */
public final class GridMain {

    private GridMain() {}

    public static void main(String[] arguments) {
        setIfMissing("logback.configurationFile", "io/throughline/cli/logback.xml");
        setIfMissing("hazelcast.logging.type", "none");
        setIfMissing("hazelcast.phone.home.enabled", "false");
        System.exit(commandLine().execute(arguments));
    }

    /** All commands, those of other modules included. */
    public static CommandLine commandLine() {
        List<GridCommand> more = ServiceLoader.load(GridCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return Grid.commandLine(more);
    }

    private static void setIfMissing(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
