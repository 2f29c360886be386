package io.throughline.bench.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadedKeysTest {

    private final LoadedKeys loaded = new LoadedKeys(List.of());

    @Test
    void what_was_counted_before_the_first_look_is_not_counted() {
        loaded.count("a", 1_000);
        loaded.count("b", 2_000);
        loaded.count("a", 1_010);
        loaded.count("b", 2_001);
        assertThat(loaded.sinceFirstLook()).hasValue(11);
    }

    @Test
    void a_member_that_was_started_anew_counts_from_zero() {
        loaded.count("a", 1_000);
        loaded.count("a", 7);
        loaded.count("a", 9);
        assertThat(loaded.sinceFirstLook()).hasValue(9);
    }

    @Test
    void without_an_answer_it_is_not_known() {
        assertThat(loaded.sinceFirstLook()).isEmpty();
    }

    @Test
    void a_member_that_does_not_answer_at_the_end_may_have_loaded_more() {
        String url = "http://127.0.0.1:9";
        LoadedKeys unreachable = new LoadedKeys(List.of(url));
        unreachable.count(url, 5);
        assertThat(unreachable.complete()).isTrue();
        unreachable.look();
        assertThat(unreachable.complete()).isFalse();
        unreachable.count(url, 6);
        assertThat(unreachable.complete()).isTrue();
        assertThat(unreachable.sinceFirstLook()).hasValue(1);
    }

    @Test
    void every_shard_of_a_member_is_counted() {
        assertThat(LoadCounter.sum("""
                # TYPE throughline_load_keys summary
                throughline_load_keys_count{shard="shard-1"} 5
                throughline_load_keys_sum{shard="shard-1"} 12.0
                throughline_load_keys_count{shard="shard-2"} 1
                throughline_load_keys_sum{shard="shard-2"} 1.0E3
                throughline_load_keys_max{shard="shard-2"} 4.0
                """)).isEqualTo(1_012);
    }
}
