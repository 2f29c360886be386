package io.throughline.examples.boot;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.throughline.mapstore.Throughline;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.hazelcast.HazelcastAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Makes the application a member of the grid. Beans are destroyed in the reverse order of their use: those with maps first,
 * then the member, which hands its partitions over, then the connections to the shards.
 */
@AutoConfiguration(before = HazelcastAutoConfiguration.class) // which leaves it at the instance that is made here
@EnableConfigurationProperties(ThroughlineProperties.class)
public class ThroughlineAutoConfiguration {

    /** Not started where the file or the shards are not as they should be; the exception says what to correct. */
    @Bean
    Throughline throughline(
            ThroughlineProperties properties, ObjectProvider<MeterRegistry> meters, ApplicationContext application) {
        return Throughline.open(properties.file(), meters.getIfAvailable(() -> Metrics.globalRegistry))
                // Others have taken its place, and the instance ends: who supervises the application starts it again.
                .onFenced(reason -> AvailabilityChangeEvent.publish(application, LivenessState.BROKEN));
    }

    @Bean(destroyMethod = "shutdown")
    HazelcastInstance hazelcastInstance(Throughline throughline, ThroughlineProperties properties) throws IOException {
        return throughline.join(Config.loadFromFile(properties.hazelcastFile().toFile()));
    }

    /** Answers at once. The shards are left out: one that is down must not end an application that can use the others. */
    @Bean
    HealthIndicator throughlineHealthIndicator(Throughline throughline, HazelcastInstance member) {
        return () -> (throughline.hearsMajority() ? Health.up() : Health.down())
                .withDetail("members", member.getCluster().getMembers().size())
                .build();
    }
}
