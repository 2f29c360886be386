package io.throughline.bench.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.bench.peers.OtherGrid;
import io.throughline.mapstore.config.GridConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardCacheTest {

    @TempDir
    Path folder = Path.of("");

    private OtherGrid.Member member() throws IOException {
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
        List<String> addresses = List.of("127.0.0.1:7", "127.0.0.1:8", "127.0.0.1:9");
        return new OtherGrid.Member(
                new GridConfigReader().read(yaml), 1, addresses, addresses, 5, folder.resolve("member"));
    }

    @Test
    void a_cache_has_what_the_map_beside_it_has() throws IOException {
        Configuration cache = ShardCache.config(member(), 0);

        assertThat(cache.clustering().cacheMode()).isEqualTo(CacheMode.DIST_SYNC);
        assertThat(cache.clustering().hash().numOwners()).isEqualTo(3);
        assertThat(cache.clustering().hash().numSegments()).isEqualTo(271);
        assertThat(cache.persistence().stores()).singleElement().satisfies(store -> {
            assertThat(store.shared()).isTrue();
            assertThat(store.async().enabled()).isFalse();
        });
    }

    @Test
    void the_pool_has_as_many_connections_as_other_peers_and_nobody_reads_its_password() throws IOException {
        OtherGrid.Member member = member();

        ShardCache.config(member, 0);

        Path file = member.folder().resolve("pool-1.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Properties pool = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            pool.load(in);
        }
        assertThat(pool)
                .containsEntry("org.infinispan.agroal.maxSize", "5")
                .containsEntry(
                        "org.infinispan.agroal.jdbcUrl",
                        "jdbc:postgresql://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3/throughline?targetServerType=primary");
    }

    @Test
    void members_look_for_each_other_on_loopback() {
        assertThat(LoopbackStack.xml(8, List.of("127.0.0.1:8", "127.0.0.1:9")))
                .contains("bind_addr=\"127.0.0.1\" bind_port=\"8\"", "initial_hosts=\"127.0.0.1[8],127.0.0.1[9]\"");
    }
}
