package io.throughline.member;

import ch.qos.logback.classic.Level;
import io.throughline.member.log.LogFormat;
import io.throughline.member.log.MemberLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code java -jar grid-member.jar --config DIR}: runs a member until it is asked to leave. */
@Command(
        name = "grid-member",
        description = "Runs a member of the grid until SIGTERM or SIGINT, then leaves in order.",
        subcommands = MigrateCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = MemberVersion.class,
        sortOptions = false,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:asked to leave, and left in order",
            "1:unexpected failure",
            "2:wrong command line",
            "3:the heap is full (from the JVM)",
            "69:start refused: a shard can't be reached or disagrees with the configuration",
            "70:Hazelcast ended by itself; start the member again",
            "71:the member's port or the health port is taken",
            "75:asked to leave, but handing over took too long",
            "76:it was silent or cut off, and others have taken its place (start it again)",
            "78:hazelcast.yaml or throughline.yaml is missing or wrong"
        },
        footer = {
            "",
            "Example, a second member on this machine:",
            "  java -jar grid-member.jar --config config --name member-2 --port 5702 --health-port 9702",
            "",
            "Each option can also come from the environment: --health-port from THROUGHLINE_HEALTH_PORT, and so on."
        })
public final class MemberCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "${env:THROUGHLINE_CONFIG:-config}",
            description = "Folder with hazelcast.yaml and throughline.yaml.")
    private Path config = Path.of("config");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "${env:THROUGHLINE_NAME:-member}",
            description = "Shows in logs, health and metrics.")
    private String name = "member";

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "${env:THROUGHLINE_ADDRESS}",
            description = "Listen on this address instead of hazelcast.yaml's.")
    private @Nullable String address;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:THROUGHLINE_PORT}",
            description = "Listen on this port, and no other, instead of hazelcast.yaml's.")
    private @Nullable Integer port;

    @Option(
            names = "--members",
            paramLabel = "HOST:PORT",
            split = ",",
            defaultValue = "${env:THROUGHLINE_MEMBERS}",
            showDefaultValue = Visibility.NEVER,
            description = "Every member's address, instead of hazelcast.yaml's.")
    private List<String> members = List.of();

    @Option(
            names = "--health-address",
            paramLabel = "ADDRESS",
            defaultValue = "${env:THROUGHLINE_HEALTH_ADDRESS:-127.0.0.1}",
            description = "Serve /health/live, /health/ready and /metrics here.")
    private String healthAddress = "127.0.0.1";

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "${env:THROUGHLINE_HEALTH_PORT:-9701}",
            description = "0 takes a free one.")
    private int healthPort;

    @Option(
            names = "--state-file",
            paramLabel = "FILE",
            defaultValue = "${env:THROUGHLINE_STATE_FILE}",
            description = "Write here, as JSON, where the member and its health are reached.")
    private @Nullable Path stateFile;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:THROUGHLINE_LOG_FORMAT:-plain}",
            description = "plain, or json for one object a line.")
    private LogFormat logFormat = LogFormat.PLAIN;

    @Option(
            names = "--log-level",
            paramLabel = "[LOGGER=]LEVEL",
            mapFallbackValue = "",
            split = ",",
            defaultValue = "${env:THROUGHLINE_LOG_LEVEL}",
            showDefaultValue = Visibility.NEVER,
            description = "error, warn, info, debug or trace, of everything or of one logger.")
    private Map<String, String> logLevels = Map.of();

    @Option(names = "--verbose", description = "Show where a failed start failed.")
    private boolean verbose;

    public static void main(String[] arguments) {
        useSeveralCallbackThreads();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new MemberCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** For java -jar, whose manifest can't set it; works as long as nothing has touched the common pool. */
    private static void useSeveralCallbackThreads() {
        String[] property = JvmFlags.COMMON_POOL.substring("-D".length()).split("=");
        if (System.getProperty(property[0]) == null) {
            System.setProperty(property[0], property[1]);
        }
    }

    @Override
    public Integer call() {
        MemberLog.configure(logFormat, name, levels());
        LeaveHook hook = LeaveHook.install();
        try {
            GridMember member = GridMember.start(settings());
            hook.serving(member);
            ExitCode code = member.endedByItself().join();
            hook.decided();
            member.close();
            complain(
                    code == ExitCode.FENCED
                            ? "fenced: this member was silent or cut off and others have taken its place; start it"
                                    + " again, and it joins with a new identity"
                            : "Hazelcast ended by itself; the log says why");
            return code.status();
        } catch (MemberStartException e) {
            hook.decided();
            complain(e.getMessage());
            if (verbose) {
                e.printStackTrace();
            }
            return e.exitCode().status();
        }
    }

    static void complain(@Nullable String message) {
        System.err.println("grid-member: " + String.valueOf(message).replaceAll("\\s*\\R\\s*", "; "));
    }

    private MemberSettings settings() {
        return new MemberSettings(config, name, address, port, members, healthAddress, healthPort, stateFile);
    }

    /** {@code debug} is the level of everything, {@code io.throughline=debug} of one logger. */
    private Map<String, Level> levels() {
        return logLevels.entrySet().stream()
                .collect(Collectors.toMap(
                        level -> level.getValue().isEmpty() ? Logger.ROOT_LOGGER_NAME : level.getKey(),
                        level -> Level.toLevel(level.getValue().isEmpty() ? level.getKey() : level.getValue())));
    }
}
