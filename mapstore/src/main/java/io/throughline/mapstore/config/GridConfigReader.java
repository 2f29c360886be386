package io.throughline.mapstore.config;

import io.throughline.mapstore.GridConfigException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Reads throughline.yaml and the passwords that it points at. Everything about the file is checked here, before anything
 * is connected to; nothing is corrected in silence. Thread-safe.
 */
public final class GridConfigReader {

    private final Map<String, String> environment;

    /** Takes {@code password-env} from this JVM's environment. */
    public GridConfigReader() {
        this(System.getenv());
    }

    /** @param environment where {@code password-env} is looked up */
    public GridConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws GridConfigException if the file can't be used; the message names every mistake in it, with its line */
    public GridConfig read(Path file) {
        String yaml = content(file);
        Problems problems = new Problems();
        try {
            Section root = new Section("", YamlReader.read(yaml, problems), problems);
            CredentialsReader credentials = new CredentialsReader(folderOf(file), environment);
            GridConfig config = new GridSections(root, folderOf(file), credentials).read(file);
            problems.throwIfAny(file);
            return config;
        } catch (MalformedYamlException e) {
            throw new GridConfigException(file + " can't be used: " + e.getMessage(), e);
        }
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new GridConfigException(file + (Files.exists(file) ? " isn't a file" : " doesn't exist")
                    + " (looked at " + file.toAbsolutePath().normalize() + ")");
        }
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new GridConfigException(file + " isn't UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new GridConfigException(file + " can't be read by this user: " + e, e);
        }
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }
}
