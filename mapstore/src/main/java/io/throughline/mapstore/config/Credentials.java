package io.throughline.mapstore.config;

/** Who logs in to PostgreSQL, and with what. */
public record Credentials(String user, Secret password) {}
