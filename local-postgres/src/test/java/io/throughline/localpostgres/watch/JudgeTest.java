package io.throughline.localpostgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.watch.Order.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final int BAD_LOOKS = 3;
    private static final int SILENT_LOOKS = 5;

    private final Judge judge = new Judge(BAD_LOOKS, SILENT_LOOKS);

    @Test
    void a_shard_that_is_well_is_left_alone() {
        for (int look = 0; look < 100; look++) {
            assertThat(judge.judge(shard(Health.WELL, Health.WELL, Health.WELL)))
                    .isEmpty();
        }
    }

    @Test
    void a_primary_is_replaced_after_the_third_bad_look_in_a_row() {
        assertThat(judge.judge(shard(Health.GONE, Health.WELL, Health.WELL))).isEmpty();
        assertThat(judge.judge(shard(Health.SILENT, Health.WELL, Health.WELL))).isEmpty();
        assertThat(judge.judge(shard(Health.GONE, Health.WELL, Health.WELL)))
                .containsExactly(new Order(Deed.FAIL_OVER, "node-1"));
    }

    @Test
    void one_good_look_in_between_starts_the_count_again() {
        for (int look = 0; look < 50; look++) {
            Health primary = look % BAD_LOOKS == 0 ? Health.WELL : Health.SILENT;
            assertThat(judge.judge(shard(primary, Health.WELL, Health.WELL))).isEmpty();
        }
    }

    @Test
    void a_failover_that_did_not_help_is_tried_again() {
        assertThat(orders(2 * BAD_LOOKS, shard(Health.GONE, Health.GONE, Health.GONE)))
                .containsExactly(new Order(Deed.FAIL_OVER, "node-1"), new Order(Deed.FAIL_OVER, "node-1"));
    }

    @Test
    void a_standby_that_is_gone_is_restarted_and_then_cloned() {
        assertThat(orders(3 * BAD_LOOKS, shard(Health.WELL, Health.GONE, Health.WELL)))
                .containsExactly(
                        new Order(Deed.RESTART, "node-2"),
                        new Order(Deed.RESTART, "node-2"),
                        new Order(Deed.CLONE, "node-2"));
    }

    @Test
    void a_standby_that_only_lags_behind_gets_more_time() {
        assertThat(orders(SILENT_LOOKS - 1, shard(Health.WELL, Health.SILENT, Health.WELL)))
                .isEmpty();
        assertThat(orders(1, shard(Health.WELL, Health.SILENT, Health.WELL)))
                .containsExactly(new Order(Deed.RESTART, "node-2"));
    }

    @Test
    void restarts_that_helped_do_not_count_later() {
        for (int round = 0; round < 5; round++) {
            assertThat(orders(BAD_LOOKS, shard(Health.WELL, Health.GONE, Health.WELL)))
                    .containsExactly(new Order(Deed.RESTART, "node-2"));
            assertThat(judge.judge(shard(Health.WELL, Health.WELL, Health.WELL)))
                    .isEmpty();
        }
    }

    @Test
    void a_stale_node_is_cloned_once_its_primary_is_well() {
        Sight stale = new Sight("node-3", Role.STALE, Health.GONE, false, false);
        assertThat(orders(BAD_LOOKS, List.of(sight("node-1", Role.PRIMARY, Health.WELL), stale)))
                .containsExactly(new Order(Deed.CLONE, "node-3"));
    }

    @Test
    void nothing_is_done_to_what_was_stopped_on_purpose_or_is_in_work() {
        List<Sight> sights = List.of(
                sight("node-1", Role.PRIMARY, Health.WELL),
                new Sight("node-2", Role.STANDBY, Health.GONE, true, false),
                new Sight("node-3", Role.STALE, Health.GONE, false, true));
        assertThat(orders(50, sights)).isEmpty();
        assertThat(orders(50, List.of(new Sight("node-1", Role.PRIMARY, Health.GONE, true, false))))
                .isEmpty();
    }

    @Test
    void in_any_history_only_a_primary_that_was_bad_three_times_running_is_replaced_and_never_cloned() {
        Random random = new Random(20261124);
        for (int history = 0; history < 5_000; history++) {
            Judge fresh = new Judge(BAD_LOOKS, SILENT_LOOKS);
            int bad = 0;
            for (int look = 0; look < 40; look++) {
                List<Sight> sights = shard(any(random), any(random), any(random));
                bad = sights.get(0).health() == Health.WELL ? 0 : bad + 1;
                for (Order order : fresh.judge(sights)) {
                    assertThat(order.deed() == Deed.FAIL_OVER)
                            .isEqualTo(order.node().equals("node-1"));
                    assertThat(order.deed() != Deed.FAIL_OVER || bad >= BAD_LOOKS)
                            .isTrue();
                    assertThat(order.deed() == Deed.FAIL_OVER || bad == 0).isTrue();
                }
            }
        }
    }

    private List<Order> orders(int looks, List<Sight> sights) {
        List<Order> orders = new ArrayList<>();
        for (int look = 0; look < looks; look++) {
            orders.addAll(judge.judge(sights));
        }
        return orders;
    }

    private static Health any(Random random) {
        List<Health> all = List.of(Health.WELL, Health.SILENT, Health.GONE);
        return all.get(random.nextInt(all.size()));
    }

    private static List<Sight> shard(Health primary, Health second, Health third) {
        return List.of(
                sight("node-1", Role.PRIMARY, primary),
                sight("node-2", Role.STANDBY, second),
                sight("node-3", Role.STANDBY, third));
    }

    private static Sight sight(String node, Role role, Health health) {
        return new Sight(node, role, health, false, false);
    }
}
