package io.throughline.member;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.HazelcastException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** hazelcast.yaml: read for a member, and written for a grid whose members' addresses are known. Stateless. */
public final class HazelcastYaml {

    private static final Pattern MEMBER_LIST =
            Pattern.compile("(?<key>(?:member-list|cluster-members):\\n)(?<items>(?: +- [\\d.:]+\\n)+)");
    private static final Pattern THROUGHLINE_YAML = Pattern.compile("(?<=throughline\\.config: )\\S+");

    private HazelcastYaml() {}

    /**
     * This project's config/hazelcast.yaml for these members.
     *
     * @param members {@code host:port} of each
     * @param throughlineYaml for those who read the file without grid-member
     */
    public static String forMembers(List<String> members, Path throughlineYaml) {
        String yaml = THROUGHLINE_YAML
                .matcher(shipped("hazelcast.yaml"))
                .replaceAll(Matcher.quoteReplacement("'" + throughlineYaml.toAbsolutePath() + "'"));
        return withMembers(yaml, members);
    }

    /** This project's config/hazelcast-client.yaml for clients of these members. */
    public static String forClientsOf(List<String> members) {
        return withMembers(shipped("hazelcast-client.yaml"), members);
    }

    private static String withMembers(String yaml, List<String> members) {
        Matcher list = MEMBER_LIST.matcher(yaml);
        if (!list.find()) {
            throw new IllegalStateException("the shipped configuration has no list of members");
        }
        String indent = list.group("items").substring(0, list.group("items").indexOf('-'));
        String items =
                members.stream().map(member -> indent + "- " + member + "\n").collect(Collectors.joining());
        return yaml.substring(0, list.start("items")) + items + yaml.substring(list.end("items"));
    }

    private static String shipped(String file) {
        try (InputStream yaml = HazelcastYaml.class.getResourceAsStream("config/" + file)) {
            if (yaml == null) {
                throw new IllegalStateException(file + " is missing from grid-member's jar");
            }
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + " from grid-member's jar", e);
        }
    }

    /**
     * What the member's hazelcast.yaml says, with the settings of this one member in it.
     *
     * @throws MemberStartException if the file is missing or isn't a Hazelcast configuration
     */
    static Config load(MemberSettings settings) {
        Path file = settings.hazelcastYaml();
        if (!Files.isReadable(file)) {
            throw new MemberStartException(
                    ExitCode.CONFIG,
                    file + " is missing or not readable; --config names the folder with hazelcast.yaml and"
                            + " throughline.yaml");
        }
        Config config = parse(file).setInstanceName(settings.name());
        apply(settings, config.getNetworkConfig());
        return config;
    }

    private static Config parse(Path file) {
        try {
            return new YamlConfigBuilder(file.toString()).build();
        } catch (HazelcastException | FileNotFoundException e) {
            throw new MemberStartException(ExitCode.CONFIG, file + ": " + messages(e), e);
        }
    }

    /** Hazelcast says "invalid" and leaves line and key to the cause. */
    private static String messages(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(": "));
    }

    private static void apply(MemberSettings settings, NetworkConfig network) {
        String address = settings.address();
        if (address != null) {
            network.getInterfaces().setEnabled(true).setInterfaces(List.of(address));
        }
        Integer port = settings.port();
        if (port != null) {
            network.setPort(port).setPortAutoIncrement(false);
        }
        if (!settings.members().isEmpty()) {
            network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(settings.members());
        }
    }
}
