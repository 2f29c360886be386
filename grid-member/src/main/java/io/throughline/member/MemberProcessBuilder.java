package io.throughline.member;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a {@link MemberProcess} is started. Not thread-safe. */
public final class MemberProcessBuilder {

    private final Path configDirectory;
    private String name = "member";
    private @Nullable Path home;
    private List<Path> classPath = List.of();
    private int port;
    private List<String> members = List.of();
    private int healthPort;
    private String heap = "512m";
    private Collector collector = Collector.SERIAL;
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    MemberProcessBuilder(Path configDirectory) {
        this.configDirectory = configDirectory;
    }

    /** Shows in logs, health and metrics. Default {@code member}. */
    public MemberProcessBuilder name(String memberName) {
        this.name = memberName;
        return this;
    }

    /** The folder of member.log and of the state file; made if missing. Default: a folder of the member's name. */
    public MemberProcessBuilder home(Path directory) {
        this.home = directory;
        return this;
    }

    /** What to run; default is this JVM's own class path. */
    public MemberProcessBuilder classPath(List<Path> jarsAndFolders) {
        this.classPath = List.copyOf(jarsAndFolders);
        return this;
    }

    /** This port exactly. Default 0: what hazelcast.yaml says. */
    public MemberProcessBuilder port(int memberPort) {
        this.port = memberPort;
        return this;
    }

    /** {@code host:port} of every member. Default: those of hazelcast.yaml. */
    public MemberProcessBuilder members(List<String> addresses) {
        this.members = List.copyOf(addresses);
        return this;
    }

    /** Default 0: a free one. */
    public MemberProcessBuilder healthPort(int httpPort) {
        this.healthPort = httpPort;
        return this;
    }

    /** As in -Xmx. Default 512m. */
    public MemberProcessBuilder heap(String size) {
        this.heap = size;
        return this;
    }

    /** Default {@link Collector#SERIAL}. */
    public MemberProcessBuilder collector(Collector garbageCollector) {
        this.collector = garbageCollector;
        return this;
    }

    /** Starts from this class data archive if it is there: a third of the processor time. */
    public MemberProcessBuilder sharedArchive(Path archive) {
        return Files.exists(archive) ? jvmOption("-XX:SharedArchiveFile=" + archive.toAbsolutePath()) : this;
    }

    /** Writes that archive when the member ends. It serves the same class path only. */
    public MemberProcessBuilder recordSharedArchive(Path archive) {
        return jvmOption("-XX:ArchiveClassesAtExit=" + archive.toAbsolutePath());
    }

    public MemberProcessBuilder systemProperty(String key, String value) {
        return jvmOption("-D" + key + "=" + value);
    }

    public MemberProcessBuilder jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** One more argument of grid-member. */
    public MemberProcessBuilder argument(String argument) {
        arguments.add(argument);
        return this;
    }

    public MemberProcessBuilder environment(String key, String value) {
        environment.put(key, value);
        return this;
    }

    /** Starts the JVM and returns at once; see {@link MemberProcess#awaitReady}. */
    public MemberProcess start() {
        Path directory = home == null ? Path.of(name) : home;
        Path log = directory.resolve("member.log");
        Path stateFile = directory.resolve("state.json");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(stateFile);
            ProcessBuilder builder = new ProcessBuilder(OwnSession.of(command(stateFile)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new MemberProcess(name, process, log, stateFile);
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + name + " in " + directory, e);
        }
    }

    private List<String> command(Path stateFile) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.member());
        command.addAll(List.of("-Xmx" + heap, collector.flag()));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(), MemberCommand.class.getName()));
        command.addAll(List.of("--config", configDirectory.toString(), "--name", name));
        command.addAll(List.of("--health-port", Integer.toString(healthPort), "--state-file", stateFile.toString()));
        if (port != 0) {
            command.addAll(List.of("--port", Integer.toString(port)));
        }
        if (!members.isEmpty()) {
            command.addAll(List.of("--members", String.join(",", members)));
        }
        command.addAll(arguments);
        return command;
    }

    private String classPath() {
        return classPath.isEmpty()
                ? System.getProperty("java.class.path")
                : classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
