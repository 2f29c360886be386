package io.throughline.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyRangeTest {

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj("%05d"::formatted).toList();
    }

    @Test
    void ranges_follow_each_other_without_a_gap_from_the_beginning_to_the_end() {
        for (int keys : new int[] {0, 1, 2, 3, 7, 100, 1000}) {
            for (int wanted : new int[] {1, 2, 3, 8}) {
                List<KeyRange> ranges = KeyRange.split("shard-1", keys(keys), wanted);

                assertThat(ranges.get(0).after()).isNull();
                assertThat(ranges.get(ranges.size() - 1).to()).isNull();
                for (int i = 1; i < ranges.size(); i++) {
                    assertThat(ranges.get(i).after())
                            .isEqualTo(ranges.get(i - 1).to());
                }
                assertThat(ranges).hasSizeLessThanOrEqualTo(wanted).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void they_are_of_about_the_same_size() {
        assertThat(KeyRange.split("shard-1", keys(1000), 4))
                .extracting(KeyRange::to)
                .containsExactly("00250", "00500", "00750", null);
    }

    @Test
    void a_sample_of_one_key_many_times_is_one_range() {
        assertThat(KeyRange.split("shard-1", List.of("a", "a", "a"), 4)).hasSize(1);
    }
}
