package io.throughline.bench.infinispan;

import io.throughline.bench.peers.OtherGrid;
import io.throughline.bench.peers.ShardUrl;
import io.throughline.mapstore.config.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** The pool that Infinispan brings, Agroal, which tells its size by a file only. Stateless. */
final class PoolProperties {

    private static final String PREFIX = "org.infinispan.agroal.";

    private PoolProperties() {}

    /** In the member's folder, for its owner's eyes: the password stands in it. */
    static Path write(OtherGrid.Member member, int shard) throws IOException {
        Files.createDirectories(member.folder());
        Path file = Files.createFile(
                member.folder().resolve("pool-" + (shard + 1) + ".properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            properties(member, shard).store(out, null);
        }
        return file;
    }

    private static Properties properties(OtherGrid.Member member, int shard) {
        Credentials credentials = member.grid().database().credentials();
        String size = Integer.toString(member.connections());
        Properties properties = new Properties();
        properties.setProperty(PREFIX + "minSize", size);
        properties.setProperty(PREFIX + "initialSize", size);
        properties.setProperty(PREFIX + "maxSize", size);
        properties.setProperty(PREFIX + "acquisitionTimeout_s", "60");
        properties.setProperty(PREFIX + "providerClassName", "org.postgresql.Driver");
        properties.setProperty(PREFIX + "jdbcUrl", ShardUrl.of(member.grid(), shard));
        properties.setProperty(PREFIX + "principal", credentials.user());
        properties.setProperty(PREFIX + "credential", credentials.password().value());
        return properties;
    }
}
