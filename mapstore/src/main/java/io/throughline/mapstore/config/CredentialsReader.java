package io.throughline.mapstore.config;

import java.nio.file.Path;
import java.util.Map;

/** Reads {@code user} and one of {@code password-file} and {@code password-env}. */
final class CredentialsReader {

    private static final Form FILE = Form.of("[^\\x00]+", "the path of a file, relative to this one");
    private static final Form VARIABLE =
            Form.of("[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable, such as THROUGHLINE_PASSWORD");

    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder paths are relative to it */
    CredentialsReader(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    Credentials read(Section section, String defaultUser) {
        String user = section.text("user", defaultUser, Forms.IDENTIFIER);
        return new Credentials(user, password(section));
    }

    private Secret password(Section section) {
        boolean file = section.has("password-file");
        boolean variable = section.has("password-env");
        if (file && variable) {
            section.problem("password-env", "stands beside password-file; keep one of them");
        } else if (file) {
            return section.text("password-file", FILE)
                    .map(path -> fromFile(section, folder.resolve(path)))
                    .orElse(new Secret(""));
        } else if (variable) {
            return section.text("password-env", VARIABLE)
                    .map(name -> fromEnvironment(section, name))
                    .orElse(new Secret(""));
        } else {
            section.problem("password-file", "is missing; give password-file, or password-env with a variable's name");
        }
        return new Secret("");
    }

    private Secret fromFile(Section section, Path file) {
        try {
            return PasswordFile.read(file.normalize());
        } catch (IllegalArgumentException e) {
            section.problem("password-file", String.valueOf(e.getMessage()));
            return new Secret("");
        }
    }

    private Secret fromEnvironment(Section section, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            section.problem(
                    "password-env",
                    "the environment variable " + name + " is " + (environment.containsKey(name) ? "empty" : "not set")
                            + " in this JVM");
        }
        return new Secret(value);
    }
}
