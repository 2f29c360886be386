package io.throughline.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatermarkTest {

    @Test
    void it_stands_before_the_first_entry_that_is_not_done_whatever_the_order() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Watermark watermark = new Watermark(Position.START);
            List<Integer> order = new ArrayList<>();
            List<Watermark.Step> steps = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                steps.add(watermark.begin(new Position(i + 1, i + 2)));
                order.add(i);
            }
            Collections.shuffle(order, random);
            boolean[] done = new boolean[30];
            for (int i : order) {
                steps.get(i).done();
                done[i] = true;
                int expected = 0;
                while (expected < 30 && done[expected]) {
                    expected++;
                }
                assertThat(watermark.position().offset()).isEqualTo(expected);
            }
        }
    }

    @Test
    void nothing_begun_leaves_it_where_it_started() {
        assertThat(new Watermark(new Position(17, 3)).position()).isEqualTo(new Position(17, 3));
    }
}
