package io.throughline.member;

import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.localpostgres.Secrets;
import io.throughline.localpostgres.Shard;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** Three more members, over a database of their own on the shared shards, and a network between them that can be split. */
public final class SplittableGrid implements AutoCloseable {

    private static final int MEMBERS = 3;
    private static final String DATABASE = "splittable";
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration SETTLED_FOR = Duration.ofSeconds(2);

    private final SharedGrid beside;
    private final GridFolder folder = GridFolder.create(MEMBERS);
    private final MemberNetwork network = MemberNetwork.before(folder.memberPorts());
    private final List<MemberProcess> members = new ArrayList<>();

    /** Nothing was split since all were one cluster: only a split ends members here. */
    private boolean settled;

    private SplittableGrid(SharedGrid beside) {
        this.beside = beside;
    }

    /** @param beside whose shards it uses */
    public static SplittableGrid start(SharedGrid beside) {
        SplittableGrid grid = new SplittableGrid(beside);
        try {
            for (Shard shard : beside.shards().shards()) {
                beside.sql(shard.name()).update("CREATE DATABASE " + DATABASE + " OWNER throughline_owner");
            }
            for (int number = 1; number <= MEMBERS; number++) {
                Path config = grid.config(number).directory();
                grid.folder.writeConfig(grid.config(number));
                if (number > 1) {
                    grid.folder.endMigrations(config);
                }
                grid.members.add(grid.folder.member(number, config).start());
                grid.members.get(0).awaitJoined(READY_WITHIN);
            }
            grid.folder.endMigrations(grid.config(1).directory());
            grid.restore();
            return grid;
        } catch (RuntimeException e) {
            grid.close();
            throw e;
        }
    }

    private GridFolder.MemberConfig config(int number) {
        return new GridFolder.MemberConfig(
                folder.path().resolve("config-" + number),
                DATABASE,
                beside.shards(),
                network.addresses(),
                yaml -> yaml.replace("\n  network:\n", "\n  network:\n" + network.settingsOf(number))
                        // How soon sides look for each other: nothing here rests on it but the test's time.
                        .replaceAll("(merge\\.\\w+\\.run\\.delay\\.seconds): \\d+", "$1: 2"));
    }

    /** Each set is a side: its members, 1 to 3, hear each other and no one else. */
    public void split(List<Set<Integer>> sides) {
        settled = false;
        network.split(sides);
    }

    public void heal() {
        network.heal();
    }

    /** @param number 1 to 3 */
    public MemberProcess member(int number) {
        return members.get(number - 1);
    }

    public List<MemberProcess> members() {
        return List.copyOf(members);
    }

    /** Starts again whatever ends, as sides do that merge, and returns when all are one cluster and ready. */
    public void restore() {
        if (settled) {
            return;
        }
        await().during(SETTLED_FOR)
                .atMost(READY_WITHIN)
                .ignoreExceptionsInstanceOf(MemberNotReadyException.class)
                .until(() -> {
                    startWhatEnded();
                    members.forEach(member -> member.awaitReady(Duration.ZERO));
                    return members.stream().allMatch(member -> sizeSeenBy(member) == MEMBERS);
                });
        settled = true;
    }

    private void startWhatEnded() {
        for (int number = 1; number <= MEMBERS; number++) {
            if (!member(number).isAlive()) {
                members.set(
                        number - 1,
                        folder.member(number, config(number).directory()).start());
            }
        }
    }

    /** How many members this one has in its list. */
    public static int sizeSeenBy(MemberProcess member) {
        return (int) Scrape.of(member.healthUrl()).sum("throughline_cluster_members");
    }

    /** A client that knows this member and no other, to be shut down by whoever asked. */
    public HazelcastInstance clientOf(int number) {
        ClientConfig config = beside.clientConfigOf(member(number));
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setClusterConnectTimeoutMillis(READY_WITHIN.toMillis());
        return HazelcastClient.newHazelcastClient(config);
    }

    /** SQL as superuser on the primary of this shard. */
    public Sql sql(String shard) {
        return new Sql(() -> connect(shard));
    }

    private Connection connect(String shard) throws SQLException {
        var primary = beside.shards().shard(shard).primary();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {primary.host()});
        source.setPortNumbers(new int[] {primary.port()});
        source.setDatabaseName(DATABASE);
        source.setUser("postgres");
        source.setPassword(Secrets.read(beside.shards().secrets().postgres()));
        return source.getConnection();
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::kill);
        network.close();
        Stream.of("shard-1", "shard-2")
                .forEach(shard -> beside.sql(shard).update("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)"));
        folder.close();
    }
}
