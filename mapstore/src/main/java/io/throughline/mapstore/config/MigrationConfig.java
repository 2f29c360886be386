package io.throughline.mapstore.config;

import io.throughline.mapstore.GridConfigException;
import java.nio.file.Path;

/**
 * @param credentials the role that owns the database and makes schemas and tables
 */
public record MigrationConfig(Credentials credentials) {

    /** Who owns the database and makes schemas and tables, unless throughline.yaml says another. */
    public static final String OWNER = "throughline_owner";

    /**
     * @param passwordFile holds the password and nothing else, and is closed to others
     * @throws GridConfigException if it can't be used
     */
    public static MigrationConfig of(String user, Path passwordFile) {
        try {
            return new MigrationConfig(new Credentials(user, PasswordFile.read(passwordFile)));
        } catch (IllegalArgumentException e) {
            throw new GridConfigException("the owner's password: " + e.getMessage(), e);
        }
    }
}
