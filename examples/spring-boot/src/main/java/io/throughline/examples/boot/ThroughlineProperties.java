package io.throughline.examples.boot;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the grid's two files are. What they say is checked when the application starts.
 *
 * @param file throughline.yaml
 * @param hazelcastFile hazelcast.yaml
 */
@ConfigurationProperties("throughline")
public record ThroughlineProperties(
        @DefaultValue("config/throughline.yaml") Path file,
        @DefaultValue("config/hazelcast.yaml") Path hazelcastFile) {}
