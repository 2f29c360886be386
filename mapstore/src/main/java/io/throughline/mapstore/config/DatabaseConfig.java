package io.throughline.mapstore.config;

/**
 * @param name the database, of the same name on every shard
 * @param credentials the role that reads and writes rows, and may do nothing else
 */
public record DatabaseConfig(String name, Credentials credentials) {}
