package io.throughline.bench.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.config.GridConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.cache.expiry.Duration;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.configuration.CacheConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardCacheTest {

    @TempDir
    Path folder = Path.of("");

    private CacheConfiguration<String, String> configured() throws IOException {
        Path password = folder.resolve("password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "secret");
        Path yaml = folder.resolve("throughline.yaml");
        Files.writeString(yaml, """
                database: {password-file: password}
                shards:
                  shard-1: {hosts: ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"]}
                maps: {kv: {value-format: text}}
                """);
        return ShardCache.config(new GridConfigReader().read(yaml), 0, 5);
    }

    @Test
    void a_cache_has_what_the_map_beside_it_has() throws IOException {
        CacheConfiguration<String, String> cache = configured();

        assertThat(cache.getCacheMode()).isEqualTo(CacheMode.PARTITIONED);
        assertThat(cache.getBackups()).isEqualTo(2);
        assertThat(cache.getWriteSynchronizationMode()).isEqualTo(CacheWriteSynchronizationMode.FULL_SYNC);
        assertThat(cache.getAffinity().partitions()).isEqualTo(271);
        assertThat(cache.isWriteThrough()).isTrue();
        assertThat(cache.isReadThrough()).isTrue();
        assertThat(cache.isWriteBehindEnabled()).isFalse();
    }

    @Test
    void a_put_begins_the_time_to_live_anew() throws IOException {
        var policy = configured().getExpiryPolicyFactory().create();

        assertThat(List.of(policy.getExpiryForCreation(), policy.getExpiryForUpdate()))
                .allMatch(new Duration(java.util.concurrent.TimeUnit.SECONDS, 5)::equals);
        assertThat(policy.getExpiryForAccess()).isNull();
    }

    @Test
    void a_row_is_put_with_one_statement() {
        assertThat(new UpsertDialect().mergeQuery("peer_ignite.entries", List.of("key"), List.of("value")))
                .isEqualTo("INSERT INTO peer_ignite.entries (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET"
                        + " value = EXCLUDED.value");
    }
}
