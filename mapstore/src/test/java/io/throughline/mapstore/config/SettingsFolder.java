package io.throughline.mapstore.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.mapstore.GridConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A folder with throughline.yaml and its password files, as an operator has it. */
record SettingsFolder(Path folder) {

    static final String SHORTEST = """
            database:
              password-file: secrets/throughline.password
            shards:
              shard-1:
                hosts: ["127.0.0.1:15432"]
            maps:
              kv:
                value-format: text
            """;

    SettingsFolder {
        try {
            Files.createDirectories(folder.resolve("secrets"));
            password(folder, "throughline.password", "rows\n", "rw-------");
            password(folder, "throughline_owner.password", "tables\n", "rw-------");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void password(Path folder, String name, String content, String mode) throws IOException {
        Path file = folder.resolve("secrets").resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    Path passwordFile(String content, String mode) {
        try {
            password(folder, "throughline.password", content, mode);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return folder.resolve("secrets/throughline.password");
    }

    Path yaml(String yaml) {
        try {
            return Files.writeString(folder.resolve("throughline.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    GridConfig read(String yaml) {
        return read(yaml, Map.of());
    }

    GridConfig read(String yaml, Map<String, String> environment) {
        return new GridConfigReader(environment).read(yaml(yaml));
    }

    /** @param mistakes the lines of the error, in order, without the first, which names the file */
    void refuses(String yaml, String... mistakes) {
        StringBuilder message = new StringBuilder(folder.resolve("throughline.yaml") + " can't be used:");
        for (String mistake : mistakes) {
            message.append("\n  ").append(mistake);
        }
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(GridConfigException.class)
                .hasMessage(message.toString());
    }
}
