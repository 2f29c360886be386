package io.throughline.member;

import static java.util.stream.Collectors.joining;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where a grid under test keeps its data, configuration and logs. Gone when it is closed. */
record GridFolder(Path path, List<Integer> memberPorts) {

    static GridFolder create(int members) {
        try {
            // PostgreSQL runs as another user where the tests run as root, and must get to its data.
            Path path = Files.setPosixFilePermissions(
                    Files.createTempDirectory("throughline-grid"), PosixFilePermissions.fromString("rwx--x--x"));
            return new GridFolder(path, freePorts(members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : held) {
            socket.close();
        }
        return ports;
    }

    List<String> memberAddresses() {
        return memberPorts.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    Path configDirectory() {
        return path.resolve("config");
    }

    /**
     * What the files say.
     *
     * @param directory holds hazelcast.yaml and throughline.yaml
     * @param database on every shard
     * @param members where they are reached
     * @param change to hazelcast.yaml
     */
    record MemberConfig(
            Path directory, String database, LocalShards shards, List<String> members, UnaryOperator<String> change) {}

    void writeConfig(LocalShards shards) {
        writeConfig(new MemberConfig(configDirectory(), "throughline", shards, memberAddresses(), yaml -> yaml));
    }

    void writeConfig(MemberConfig config) {
        Path throughlineYaml = config.directory().resolve("throughline.yaml");
        try {
            Files.createDirectories(config.directory());
            Files.writeString(throughlineYaml, throughlineYaml(config.database(), config.shards()));
            Files.writeString(
                    config.directory().resolve("hazelcast.yaml"),
                    config.change().apply(HazelcastYaml.forMembers(config.members(), throughlineYaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * For when the first member has made the schema: whoever starts from now on only checks it, as with ./grid. Of two that
     * start together one would wait for the other's migration, 2 to 4 s of a start (measured on two cores).
     */
    void endMigrations(Path directory) {
        Path throughlineYaml = directory.resolve("throughline.yaml");
        try {
            Files.writeString(
                    throughlineYaml,
                    Files.readString(throughlineYaml).replaceFirst("(?s)migration:.*?shards:", "shards:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String throughlineYaml(String database, LocalShards shards) {
        return """
                database:
                  name: %s
                  user: throughline
                  password-file: %s
                migration:
                  user: throughline_owner
                  password-file: %s
                shards:
                %s
                maps:
                  kv: {value-format: text}
                  documents: {value-format: json}
                  blobs: {value-format: binary}
                """.formatted(
                        database,
                        shards.secrets().application(),
                        shards.secrets().owner(),
                        shards.shards().stream().map(GridFolder::hosts).collect(joining("\n")));
    }

    private static String hosts(Shard shard) {
        return "  " + shard.name() + ": {hosts: ["
                + shard.hosts().stream().map(host -> '"' + host + '"').collect(joining(", ")) + "]}";
    }

    /** @param number 1 for the first */
    MemberProcessBuilder member(int number) {
        return member(number, configDirectory());
    }

    MemberProcessBuilder member(int number, Path config) {
        String name = "member-" + number;
        return MemberProcess.builder(config)
                .name(name)
                .home(path.resolve("members").resolve(name))
                .port(memberPorts.get(number - 1))
                .heap("256m")
                // These members live for seconds: compiling well costs more than it brings.
                .jvmOption("-XX:TieredStopAtLevel=1");
    }

    /** Keeps the members' logs for whoever wants to know why a test failed, and removes the rest. */
    void close() {
        try {
            keepLogsIn(Files.createDirectories(Path.of("target", "grid-logs")));
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepLogsIn(Path directory) throws IOException {
        for (int number = 1; number <= memberPorts.size(); number++) {
            Path log = path.resolve("members").resolve("member-" + number).resolve("member.log");
            if (Files.exists(log)) {
                Files.copy(log, directory.resolve("member-" + number + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
