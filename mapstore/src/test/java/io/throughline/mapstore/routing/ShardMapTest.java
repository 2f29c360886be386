package io.throughline.mapstore.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardMapTest {

    private static final List<String> TWO = List.of("shard-1", "shard-2");

    @Test
    void a_new_grid_deals_its_partitions_out_in_turn() {
        ShardMap map = ShardMap.initial(271, TWO);

        assertThat(map.shardOf(0)).isEqualTo("shard-1");
        assertThat(map.shardOf(1)).isEqualTo("shard-2");
        assertThat(map.shardOf(270)).isEqualTo("shard-1");
        assertThat(map.partitionCount()).isEqualTo(271);
        assertThat(map.shards()).isEqualTo(TWO);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "271, 1", "271, 2", "271, 3", "32767, 64"})
    void every_partition_has_one_owner_and_no_shard_has_two_more_than_another(int partitions, int shards) {
        ShardMap map = ShardMap.initial(
                partitions,
                IntStream.range(0, shards).mapToObj(number -> "s" + number).toList());

        List<Integer> counts = map.shards().stream()
                .map(shard -> map.partitionsOf(shard).size())
                .toList();
        assertThat(counts.stream().mapToInt(count -> count).sum()).isEqualTo(partitions);
        assertThat(counts).allMatch(count -> count == partitions / shards || count == partitions / shards + 1);
    }

    @Test
    void a_map_reads_back_from_what_each_shard_owns() {
        ShardMap map = ShardMap.initial(31, TWO);
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        map.shards().forEach(shard -> rows.put(shard, map.partitionsOf(shard)));

        assertThat(ShardMap.of(31, rows)).isEqualTo(map).hasSameHashCodeAs(map);
    }

    @Test
    void the_order_of_the_shards_makes_no_other_map() {
        assertThat(ShardMap.of(2, Map.of("a", List.of(0), "b", List.of(1))))
                .isEqualTo(ShardMap.of(2, new LinkedHashMap<>(Map.of("b", List.of(1), "a", List.of(0)))))
                .isNotEqualTo(ShardMap.of(2, Map.of("a", List.of(1), "b", List.of(0))))
                .isNotEqualTo(ShardMap.of(2, Map.of("a", List.of(0), "b", List.of(1), "c", List.of())));
    }

    @Test
    void unowned_partitions_are_named() {
        assertThatThrownBy(() -> ShardMap.of(12, Map.of("a", List.of(0, 1, 2, 4, 5, 6, 7, 8))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitions 3, 9-11 owned by no shard");
    }

    @Test
    void a_partition_with_two_owners_is_named_with_both() {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        rows.put("a", List.of(0, 1, 2));
        rows.put("b", List.of(2, 3));

        assertThatThrownBy(() -> ShardMap.of(4, rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partition 2 owned by both a and b");
    }

    @Test
    void a_partition_listed_twice_by_its_shard_is_named() {
        assertThatThrownBy(() -> ShardMap.of(2, Map.of("a", List.of(0, 1, 1))))
                .hasMessage("partition 1 listed twice by a");
    }

    @Test
    void partitions_that_do_not_exist_are_named() {
        assertThatThrownBy(() -> ShardMap.of(2, Map.of("a", List.of(0, 1, 2, -1))))
                .hasMessage("partitions -1, 2 claimed by a but outside 0-1");
    }

    @Test
    void it_shows_itself_in_ranges() {
        assertThat(ShardMap.of(5, Map.of("a", List.of(0, 1, 2, 4, 3)))).hasToString("ShardMap{a=0-4}");
    }
}
