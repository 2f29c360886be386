package io.throughline.cli.command;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.cli.ExitCode;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.client.GridClients;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Uses what other commands and members use, without a grid, so that the launcher can have the JVM write the classes into an
 * archive from which all of them start.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    private static final List<String> WHOLE_JARS =
            List.of("mapstore", "local-postgres", "grid-member", "grid-cli", "bench", "HikariCP", "postgresql");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        spec.parent().commandLine().usage(new PrintWriter(new StringWriter()));
        memberAndClient();
        files();
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (WHOLE_JARS.stream().anyMatch(name -> new File(jar).getName().startsWith(name))
                    && jar.endsWith(".jar")) {
                load(new File(jar));
            }
        }
        return ExitCode.DONE.status();
    }

    private static void memberAndClient() {
        Config config = new Config();
        config.setClusterName("train-" + ProcessHandle.current().pid());
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        ClientConfig client = GridClients.configForOneOperation(List.of(
                "127.0.0.1:" + member.getCluster().getLocalMember().getAddress().getPort()));
        client.setClusterName(config.getClusterName());
        HazelcastInstance connected = HazelcastClient.newHazelcastClient(client);
        IMap<String, Object> map = connected.getMap("train");
        map.set("key", "value");
        map.get("key");
        map.delete("key");
        connected.getLifecycleService().terminate();
        member.getLifecycleService().terminate();
    }

    private static void files() throws IOException {
        Path folder = Files.createTempDirectory("throughline-train");
        GridDirectory directory = GridDirectory.at(folder);
        try {
            Files.createDirectories(directory.config());
            new GridState(
                            GridState.Phase.RUNNING,
                            1,
                            List.of(new GridState.Member("member-1", "127.0.0.1:1", "", 1)),
                            List.of())
                    .write(directory.stateFile());
            Path password = directory.config().resolve("password");
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, "password");
            Files.writeString(directory.throughlineYaml(), """
                    database: {password-file: password}
                    shards: {shard-1: {hosts: ["127.0.0.1:1"]}}
                    maps: {kv: {value-format: text}}
                    """);
            RunningGrid.in(directory).map("kv");
        } finally {
            directory.delete();
        }
    }

    /** Loads every class; what doesn't load, for want of an optional library, isn't needed. */
    private static void load(File jar) throws IOException {
        try (JarFile classes = new JarFile(jar)) {
            classes.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class")
                            && !name.startsWith("META-INF")
                            && !name.equals("module-info.class"))
                    .forEach(name -> load(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')));
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, TrainCommand.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return;
        }
    }
}
