package io.throughline.mapstore.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.config.AttemptsConfig;
import io.throughline.mapstore.config.ConnectionsConfig;
import io.throughline.mapstore.config.Credentials;
import io.throughline.mapstore.config.DatabaseConfig;
import io.throughline.mapstore.config.FallbackConfig;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.HostAndPort;
import io.throughline.mapstore.config.OnDegraded;
import io.throughline.mapstore.config.ReadConfig;
import io.throughline.mapstore.config.Secret;
import io.throughline.mapstore.config.ShardConfig;
import io.throughline.mapstore.config.Tls;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.config.WriteConfig;
import io.throughline.mapstore.routing.ShardMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridAgreementTest {

    private static final UUID GRID = UUID.fromString("11111111-1111-1111-1111-111111111111");
    private static final UUID OTHER_GRID = UUID.fromString("22222222-2222-2222-2222-222222222222");
    private static final List<ShardMapRow> FOUR = List.of(row("a", 4, 0, 2), row("b", 4, 1, 3));

    private final Map<String, GridRecord> records = new HashMap<>();

    @Test
    void shards_that_say_the_same_are_a_grid() {
        shard("a", GRID, "a", FOUR);
        shard("b", GRID, "b", FOUR);

        assertThat(refusalsOfCheck(4, "b", "a")).isEmpty();
        assertThat(new GridAgreement(config(4, "b", "a"), records).complete(new Refusals()))
                .contains(new CheckedGrid(GRID, ShardMap.initial(4, List.of("a", "b"))));
    }

    @Test
    void swapped_hosts_are_named_for_both_shards() {
        shard("a", GRID, "b", FOUR);
        shard("b", GRID, "a", FOUR);

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly(
                        "a: its hosts lead to the database of shard b (throughline.grid); the hosts of a and b are swapped"
                                + " or the same. Correct shards.a.hosts in grid.yaml",
                        "b: its hosts lead to the database of shard a (throughline.grid); the hosts of b and a are swapped"
                                + " or the same. Correct shards.b.hosts in grid.yaml");
    }

    @Test
    void hosts_of_a_shard_that_is_not_in_the_file_are_named() {
        shard("a", GRID, "a", FOUR);
        shard("b", GRID, "z", FOUR);

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly(
                        "b: its hosts lead to the database of shard z (throughline.grid); its hosts are another"
                                + " shard's. Correct shards.b.hosts in grid.yaml");
    }

    @Test
    void shards_of_two_grids_are_told_apart() {
        shard("a", GRID, "a", FOUR);
        shard("b", OTHER_GRID, "b", FOUR);

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly("the shards are of different grids (throughline.grid): a of " + GRID + "; b of "
                        + OTHER_GRID + ". Correct the hosts in grid.yaml");
    }

    @Test
    void another_partition_count_is_refused_with_both_numbers() {
        shard("a", GRID, "a", FOUR);
        shard("b", GRID, "b", FOUR);

        assertThat(refusalsOfCheck(271, "a", "b"))
                .containsExactly("throughline.shard_map has partition_count [4], but grid.yaml has partitions: 271. The"
                        + " count is fixed once a grid is made: set partitions in that file, and"
                        + " hazelcast.partition.count in hazelcast.yaml, to what the shards have");
    }

    @Test
    void another_set_of_shards_is_refused_with_both_sets() {
        shard("a", GRID, "a", FOUR);

        assertThat(refusalsOfCheck(4, "a"))
                .containsExactly(
                        "throughline.shard_map names the shards [a, b], but grid.yaml names [a]. The shards are"
                                + " fixed once a grid is made: name the same ones in that file");
    }

    @Test
    void duplicate_and_unowned_partitions_are_named() {
        List<ShardMapRow> faulty = List.of(row("a", 4, 0, 2), row("b", 4, 2));
        shard("a", GRID, "a", faulty);
        shard("b", GRID, "b", faulty);

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly("throughline.shard_map is wrong on every shard: partition 2 owned by both a and b;"
                        + " partitions 1, 3 owned by no shard. Each partition must be in the partitions of exactly one"
                        + " shard; restore that table");
    }

    @Test
    void a_shard_map_that_differs_is_named_with_the_difference() {
        shard("a", GRID, "a", FOUR);
        shard("b", GRID, "b", List.of(row("a", 4, 0, 3), row("b", 4, 1, 2)));

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly(
                        "b: its throughline.shard_map differs from that of a: a has partitions 3 more partitions"
                                + " 2 fewer; b has partitions 2 more partitions 3 fewer. Both must be as they were when the grid"
                                + " was made; copy the right one to the other");
    }

    @Test
    void a_row_too_many_or_too_few_in_a_shard_map_is_named() {
        shard("a", GRID, "a", FOUR);
        shard("b", GRID, "b", List.of(row("a", 4, 0, 2), row("c", 4, 1, 3)));

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly(
                        "b: its throughline.shard_map differs from that of a: no row for b; one more row, for c."
                                + " Both must be as they were when the grid was made; copy the right one to the other");
    }

    @Test
    void a_member_that_makes_nothing_refuses_a_shard_that_was_never_made() {
        shard("a", GRID, "a", FOUR);
        records.put("b", GridRecord.NONE);

        assertThat(refusalsOfCheck(4, "a", "b"))
                .containsExactly("b: its database belongs to no grid (throughline.grid is empty); expected the grid of"
                        + " grid.yaml. Run grid-member migrate, or start one member with a migration block, or correct shards.b.hosts or"
                        + " database.name");
    }

    @Test
    void a_grid_may_be_made_on_shards_that_have_none() {
        records.put("a", GridRecord.NONE);
        records.put("b", GridRecord.NONE);

        assertThat(refusalsOfMaking(4, "a", "b")).isEmpty();
    }

    @Test
    void a_making_that_was_cut_short_may_be_taken_up_again() {
        records.put("a", new GridRecord(Optional.of(new ShardIdentity(GRID, "a", false)), FOUR));
        records.put("b", GridRecord.NONE);

        assertThat(refusalsOfMaking(4, "b", "a")).isEmpty();
    }

    @Test
    void a_new_database_in_place_of_a_shard_that_had_rows_is_refused() {
        shard("a", GRID, "a", FOUR);
        records.put("b", GridRecord.NONE);

        assertThat(refusalsOfMaking(4, "a", "b"))
                .containsExactly("b: its database is new, but a is a shard of grid " + GRID + " in which b had rows."
                        + " Correct shards.b.hosts in grid.yaml, or restore that database; a new one in its place would be"
                        + " missing every row");
    }

    @Test
    void a_new_database_in_place_of_the_shard_that_decides_is_refused() {
        records.put("a", GridRecord.NONE);
        records.put("b", new GridRecord(Optional.of(new ShardIdentity(GRID, "b", false)), FOUR));

        assertThat(refusalsOfMaking(4, "a", "b"))
                .containsExactly("a: its database is new, but b is a shard of grid " + GRID + " in which a had rows."
                        + " Correct shards.a.hosts in grid.yaml, or restore that database; a new one in its place would be"
                        + " missing every row");
    }

    @Test
    void a_shard_added_to_the_file_of_a_grid_is_refused_as_such_even_if_its_name_comes_first() {
        records.put("0", GridRecord.NONE);
        shard("a", GRID, "a", FOUR);
        shard("b", GRID, "b", FOUR);

        assertThat(refusalsOfMaking(4, "a", "b", "0"))
                .containsExactly(
                        "throughline.shard_map names the shards [a, b], but grid.yaml names [0, a, b]. The shards"
                                + " are fixed once a grid is made: name the same ones in that file");
    }

    private void shard(String name, UUID gridId, String saysItIs, List<ShardMapRow> shardMap) {
        records.put(name, new GridRecord(Optional.of(new ShardIdentity(gridId, saysItIs, true)), shardMap));
    }

    private static ShardMapRow row(String shard, int count, Integer... partitions) {
        return new ShardMapRow(shard, count, Arrays.asList(partitions));
    }

    private List<String> refusalsOfCheck(int partitions, String... shards) {
        Refusals refusals = new Refusals();
        assertThat(new GridAgreement(config(partitions, shards), records)
                        .complete(refusals)
                        .isEmpty())
                .isEqualTo(!refusals.reasons().isEmpty());
        return refusals.reasons();
    }

    private List<String> refusalsOfMaking(int partitions, String... shards) {
        Refusals refusals = new Refusals();
        new GridAgreement(config(partitions, shards), records).refuseUnlessCompletable(refusals);
        return refusals.reasons();
    }

    private static GridConfig config(int partitions, String... shards) {
        List<ShardConfig> shardConfigs = new ArrayList<>();
        IntStream.range(0, shards.length)
                .forEach(index ->
                        shardConfigs.add(new ShardConfig(shards[index], List.of(new HostAndPort("db" + index, 5432)))));
        Duration second = Duration.ofSeconds(1);
        return new GridConfig(
                Path.of("grid.yaml"),
                "throughline",
                partitions,
                3,
                false,
                new DatabaseConfig("throughline", new Credentials("throughline", new Secret("rows"))),
                null,
                shardConfigs,
                new ConnectionsConfig(4, second, second, second, Tls.PREFER, null),
                new WriteConfig(second, 1, 1, OnDegraded.REFUSE),
                new ReadConfig(second, 1, 1, 1),
                new AttemptsConfig(second, second),
                new FallbackConfig(second, second, second, 1, 1),
                List.of(new GridMapConfig("kv", ValueFormat.TEXT, "kv", 1)));
    }
}
