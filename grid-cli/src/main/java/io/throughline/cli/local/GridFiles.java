package io.throughline.cli.local;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Shard;
import io.throughline.member.HazelcastYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the configuration of a grid's members. In throughline.yaml the number of members and the addresses are renewed
 * at each start, between two marks; what stands outside of them, and all of hazelcast.yaml, is written once and then the
 * user's.
 */
final class GridFiles {

    private static final String BEGIN = "# --- Written by ./grid up at each start:\n";
    private static final String END = "# --- From here on it is yours.\n";

    private static final String MAPS = """

            # The maps that are written through; each is a map of hazelcast.yaml too. SELECT value FROM kv.entries …
            maps:
              kv: {value-format: text}
              documents: {value-format: json}
              blobs: {value-format: binary}
            """;

    private final GridDirectory directory;

    GridFiles(GridDirectory directory) {
        this.directory = directory;
    }

    /** Once it is, the owner's password is not needed any more by those who run members. */
    Path migrationYaml() {
        return directory.config().resolve("migration.yaml");
    }

    private Path clientYaml() {
        return directory.config().resolve("hazelcast-client.yaml");
    }

    /** @param members {@code host:port} of each */
    void write(LocalShards shards, List<String> members) {
        try {
            Files.createDirectories(directory.config());
            String maps = mapsOf(directory.throughlineYaml());
            String renewed = "members: " + members.size() + "\n" + addresses(shards.shards());
            Files.writeString(directory.throughlineYaml(), BEGIN + renewed + END + maps);
            Files.writeString(
                    migrationYaml(),
                    "# ./grid up brings the schema up to date with this; members read throughline.yaml, without the"
                            + " owner's password.\n" + renewed
                            + "migration: {password-file: ../postgres/secrets/throughline_owner.password}\n" + maps);
            if (!Files.exists(directory.hazelcastYaml())) {
                Files.writeString(
                        directory.hazelcastYaml(), HazelcastYaml.forMembers(members, directory.throughlineYaml()));
            }
            Files.writeString(clientYaml(), HazelcastYaml.forClientsOf(members));
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, directory.config() + " can't be written: " + e, e);
        }
    }

    private static String mapsOf(Path file) throws IOException {
        if (!Files.exists(file)) {
            return MAPS;
        }
        String text = Files.readString(file);
        int end = text.indexOf(END);
        if (end < 0) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    file + " has lost the line '" + END.strip() + "', before which ./grid writes the addresses. Put it"
                            + " back, or remove the file to have it made anew.");
        }
        return text.substring(end + END.length());
    }

    private static String addresses(List<Shard> shards) {
        return """
                database: {password-file: ../postgres/secrets/throughline.password}
                shards:
                %s""".formatted(shards.stream()
                .map(shard -> "  %s: {hosts: [%s]}\n"
                        .formatted(
                                shard.name(),
                                shard.hosts().stream()
                                        .map(host -> "\"" + host + "\"")
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining()));
    }
}
