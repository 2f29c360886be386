package io.throughline.mapstore.config;

/**
 * @param credentials the role that owns the database and makes schemas and tables
 */
public record MigrationConfig(Credentials credentials) {}
