package io.throughline.mapstore.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Node;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.schema.SchemaMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A shard with a self-made certificate, made out to 127.0.0.1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

    private static final int NOBODY = 65_534;
    private static final String PASSWORD = "not a secret";
    private static final Executor THREAD = task -> new Thread(task).start();

    private Path folder;
    private LocalShards shards;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        // The server runs as another user where the tests run as root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        makeCertificate("server", "ip:127.0.0.1");
        makeCertificate("stranger", "ip:127.0.0.1");
        shards = LocalShards.start(LocalShardsConfig.in(folder.resolve("postgres"))
                .withShards(1)
                .withFirstPort(17_400)
                .withSetting("ssl", "on")
                .withSetting("ssl_cert_file", folder.resolve("server.crt").toString())
                .withSetting("ssl_key_file", folder.resolve("server.key").toString()));
        SchemaMigration.migrate(config("verify-full", "server.crt", "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        shards.close();
    }

    private void makeCertificate(String name, String alternative)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternative,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        pem(
                folder.resolve(name + ".crt"),
                "CERTIFICATE",
                keys.getCertificate(name).getEncoded());
        Path keyFile = pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
        if (Files.getAttribute(folder, "unix:uid").equals(0)) {
            Files.setAttribute(keyFile, "unix:uid", NOBODY);
        }
    }

    private static Path pem(Path file, String what, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    private GridConfig config(String tls, String certificate, String host) throws IOException {
        String port = shards.shard("shard-1").hosts().get(0).replaceFirst(".*:", "");
        return new GridConfigReader().read(Files.writeString(folder.resolve("throughline.yaml"), """
                database: {password-file: %s}
                migration: {password-file: %s}
                shards: {shard-1: {hosts: ["%s:%s"]}}
                connections: {tls: %s, root-certificate: %s, start-timeout: 1s}
                maps: {kv: {value-format: text}}
                """.formatted(
                        shards.secrets().application(), shards.secrets().owner(), host, port, tls, certificate)));
    }

    private static boolean encrypted(GridConfig config) throws SQLException {
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "test");
        try (Connection connection =
                        connections.primaryOf(config.shards().get(0)).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Test
    void the_certificate_is_checked_with_the_one_that_signed_it() throws Exception {
        assertThat(encrypted(config("verify-full", "server.crt", "127.0.0.1"))).isTrue();
        assertThat(encrypted(config("require", "server.crt", "127.0.0.1"))).isTrue();
        assertThat(encrypted(config("disable", "server.crt", "127.0.0.1"))).isFalse();
    }

    @Test
    void a_server_that_another_has_signed_is_not_connected_to() throws Exception {
        GridConfig stranger = config("verify-full", "stranger.crt", "127.0.0.1");
        assertThatThrownBy(() -> SchemaMigration.migrate(stranger)).isInstanceOf(StartRefusedException.class);
        assertThatThrownBy(() -> encrypted(stranger)).isInstanceOf(SQLException.class);
    }

    @Test
    void a_certificate_made_out_to_another_host_is_refused_by_verify_full_alone() throws Exception {
        assertThatThrownBy(() -> encrypted(config("verify-full", "server.crt", "localhost")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("localhost");
        assertThat(encrypted(config("verify-ca", "server.crt", "localhost"))).isTrue();
    }

    /** Without {@link LingeringSocketFactory} closing waits for the thread that writes, and that for TCP to give up. */
    @Test
    void a_connection_can_be_cut_off_while_a_thread_hangs_in_writing_to_it() throws Exception {
        GridConfig config = config("require", "server.crt", "127.0.0.1");
        ShardConnections connections = new ShardConnections(
                config.database().name(), config.database().credentials(), config.connections(), "test");
        Node primary = shards.shard("shard-1").primary();
        try (ShardPool pool = new ShardPool(
                "shard-1",
                connections.primaryOf(config.shards().get(0)),
                1,
                1,
                Duration.ofSeconds(5),
                new SimpleMeterRegistry())) {
            ShardConnection connection = pool.connect();
            shards.pause(primary);
            CompletableFuture<Boolean> write = CompletableFuture.supplyAsync(() -> writeMuch(connection), THREAD);
            assertThatThrownBy(() -> write.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            connection.abort(THREAD);
            assertThat(write).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
            connection.close();
        } finally {
            shards.resume(primary);
        }
    }

    private static boolean writeMuch(ShardConnection connection) {
        try (PreparedStatement statement = connection.jdbc().prepareStatement("SELECT length(?)")) {
            statement.setBytes(1, new byte[64 << 20]);
            return statement.execute();
        } catch (SQLException e) {
            return false;
        }
    }
}
