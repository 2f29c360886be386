package io.throughline.mapstore.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A member's or a client's connections to each shard.
 *
 * @param poolSize connections of one member to one shard
 * @param connectTimeout for one host; whole seconds, as the driver counts in them
 * @param socketTimeout how long a statement may be silent before its connection is given up; whole seconds
 * @param startTimeout how long a starting member waits for a shard that can't be reached
 * @param rootCertificate what the servers' certificates are signed by; given where they are verified
 */
public record ConnectionsConfig(
        int poolSize,
        Duration connectTimeout,
        Duration socketTimeout,
        Duration startTimeout,
        Tls tls,
        @Nullable Path rootCertificate) {}
