package io.throughline.member;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one member is told beside its configuration folder.
 *
 * @param configDirectory holds hazelcast.yaml and throughline.yaml
 * @param name shows in logs, health and metrics
 * @param address to listen on instead of hazelcast.yaml's; null to keep that
 * @param port to listen on instead of hazelcast.yaml's, this one exactly; null to keep that
 * @param members every member's address, instead of hazelcast.yaml's; empty to keep those
 * @param healthAddress where health and metrics are served
 * @param healthPort 0 for a free one
 * @param stateFile told where the member and its health are reached; null for none
 */
public record MemberSettings(
        Path configDirectory,
        String name,
        @Nullable String address,
        @Nullable Integer port,
        List<String> members,
        String healthAddress,
        int healthPort,
        @Nullable Path stateFile) {

    public MemberSettings {
        members = List.copyOf(members);
    }

    Path hazelcastYaml() {
        return configDirectory.resolve("hazelcast.yaml");
    }

    Path throughlineYaml() {
        return configDirectory.resolve("throughline.yaml");
    }

    Optional<Path> whereToTellState() {
        return Optional.ofNullable(stateFile);
    }
}
