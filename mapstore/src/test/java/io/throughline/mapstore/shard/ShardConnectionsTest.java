package io.throughline.mapstore.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.Credentials;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.Secret;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.config.Tls;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class ShardConnectionsTest {

    private static final ConnectionsConfig SHORT = new ConnectionsConfig(
            4, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Tls.PREFER, null);

    @Test
    void the_primary_is_found_wherever_it_stands_in_the_list(GridDatabase database) throws SQLException {
        int primary = database.shards().shard("shard-1").primary().port();
        List<HostAndPort> hosts = new ArrayList<>(shard(database).hosts());
        for (int turn = 0; turn < hosts.size(); turn++) {
            Collections.rotate(hosts, 1);

            assertThat(answer(connections(database).primaryOf(new ShardConfig("shard-1", hosts)), "SHOW port"))
                    .isEqualTo(String.valueOf(primary));
        }
    }

    @Test
    void the_database_shows_who_is_connected(GridDatabase database) throws SQLException {
        assertThat(answer(connections(database).primaryOf(shard(database)), "SHOW application_name"))
                .isEqualTo("a test");
    }

    @Test
    void a_standby_can_be_connected_to_by_itself(GridDatabase database) throws SQLException {
        HostAndPort standby = new HostAndPort(
                "127.0.0.1",
                database.shards().shard("shard-1").standbys().get(0).port());

        assertThat(answer(connections(database).host(standby), "SELECT pg_is_in_recovery()"))
                .isEqualTo("t");
    }

    @Test
    void a_host_that_never_answers_holds_up_one_connection_and_not_the_next(GridDatabase database)
            throws IOException, SQLException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<HostAndPort> hosts = new ArrayList<>(shard(database).hosts());
            hosts.add(0, new HostAndPort("127.0.0.1", silent.getLocalPort()));
            DataSource primary = connections(database).primaryOf(new ShardConfig("shard-1", hosts));

            assertThat(answer(primary, "SELECT 1")).isEqualTo("1");
            long start = System.nanoTime();
            assertThat(answer(primary, "SELECT 1")).isEqualTo("1");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.connectTimeout());
        }
    }

    @Test
    void a_refused_login_keeps_nobody_else_out_for_longer_than_the_drivers_memory(GridDatabase database) {
        GridConfig config = database.config();
        DataSource stranger = new ShardConnections(
                        database.name(), new Credentials("throughline", new Secret("wrong")), SHORT, "a test")
                .primaryOf(config.shards().get(0));

        assertThatThrownBy(stranger::getConnection)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> answer(connections(database).primaryOf(shard(database)), "SELECT 1")
                        .equals("1"));
    }

    private static ShardConfig shard(GridDatabase database) {
        return database.config().shards().get(0);
    }

    private static ShardConnections connections(GridDatabase database) {
        return new ShardConnections(
                database.name(), database.config().database().credentials(), SHORT, "a test");
    }

    private static String answer(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
