package io.throughline.torture.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WorkloadTest {

    private static final String KEY = "k";

    /** One key that nobody else uses. */
    private static final class OneKey implements Hands {

        private final List<Operation> operations = new ArrayList<>();
        private @Nullable String value;

        @Override
        public Operation perform(String key, Action asked) {
            int id = operations.size();
            Operation operation =
                    new Operation(id, 1, ClientKind.PLAIN, key, done(asked), 2L * id, 2L * id + 1, Outcome.OK);
            operations.add(operation);
            return operation;
        }

        private Action done(Action asked) {
            if (asked instanceof Action.Get) {
                return new Action.Get(value);
            } else if (asked instanceof Action.Put put) {
                value = put.value();
                return put;
            } else if (asked instanceof Action.Remove) {
                value = null;
                return asked;
            } else if (asked instanceof Action.ReplaceIfSame replace) {
                boolean same = Objects.equals(value, replace.expected());
                value = same ? replace.value() : value;
                return new Action.ReplaceIfSame(replace.expected(), replace.value(), same);
            }
            value = Long.toString(value == null ? 1 : Long.parseLong(value) + 1);
            return new Action.Increment(Long.parseLong(value));
        }
    }

    private static OneKey turns(Workload workload, int count) {
        OneKey hands = new OneKey();
        Random random = new Random(1);
        AtomicInteger fresh = new AtomicInteger();
        for (int turn = 0; turn < count; turn++) {
            workload.turn(hands, KEY, random, () -> "v" + fresh.incrementAndGet());
        }
        return hands;
    }

    @Test
    void no_value_is_written_twice() {
        for (Workload workload : Workload.values()) {
            Set<String> written = new HashSet<>();
            for (Operation operation : turns(workload, 1_000).operations) {
                if (operation.action() instanceof Action.Put put) {
                    assertThat(written.add(put.value()))
                            .as("%s %s", workload, put)
                            .isTrue();
                } else if (operation.action() instanceof Action.ReplaceIfSame replace) {
                    assertThat(written.add(replace.value()))
                            .as("%s %s", workload, replace)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void a_register_meets_every_action_but_the_counter() {
        assertThat(turns(Workload.CACHE_REGISTER, 1_000).operations)
                .extracting(operation -> operation.action().getClass().getSimpleName())
                .contains("Get", "Put", "Remove", "ReplaceIfSame")
                .doesNotContain("Increment");
    }

    @Test
    void a_list_holds_everything_that_was_appended_in_its_order() {
        OneKey hands = turns(Workload.CACHE_LIST, 5);

        assertThat(hands.value).isEqualTo("v1,v2,v3,v4,v5");
    }

    @Test
    void keys_with_conditions_belong_to_one_circle() {
        assertThat(Workload.of(ClientKind.PLAIN))
                .doesNotContainAnyElementsOf(Workload.of(ClientKind.RESILIENT).stream()
                        .filter(workload -> turns(workload, 1_000).operations.stream()
                                .anyMatch(operation -> operation.action() instanceof Action.ReplaceIfSame))
                        .toList());
        assertThat(Workload.of(ClientKind.EMBEDDED)).isEqualTo(Workload.of(ClientKind.PLAIN));
        assertThat(Workload.of(ClientKind.PYTHON)).isEqualTo(Workload.of(ClientKind.RESILIENT));
    }

    @Test
    void a_claim_is_never_taken_over() {
        List<Operation> claims = turns(Workload.CLAIM, 100).operations.stream()
                .filter(operation -> operation.action() instanceof Action.ReplaceIfSame replace && replace.replaced())
                .toList();

        assertThat(claims).hasSize(1);
    }

    @Test
    void a_key_is_claimed_when_it_is_new_and_when_a_member_may_have_been_replaced_since() {
        Random random = new Random(1);
        long second = 1_000_000_000L;
        Set<String> early = new HashSet<>();
        Set<String> between = new HashSet<>();
        Set<String> late = new HashSet<>();
        for (int turn = 0; turn < 1_000; turn++) {
            early.add(Workload.CLAIM.key(0, 100 * second, random, () -> "f"));
            between.add(Workload.CLAIM.key(0, 106 * second, random, () -> "f"));
            late.add(Workload.CLAIM.key(0, 112 * second, random, () -> "f"));
        }
        String fresh = "claim-" + 100 * second / 50_000_000 + "-0";

        assertThat(early).contains(fresh);
        assertThat(between).doesNotContain(fresh);
        assertThat(late).contains(fresh);
    }

    @Test
    void keys_give_way_to_new_ones() {
        String early = Workload.CACHE_REGISTER.lasting(3, 0);
        assertThat(Workload.CACHE_REGISTER.lasting(3, 19_000_000_000L)).isEqualTo(early);
        assertThat(Workload.CACHE_REGISTER.lasting(3, 20_000_000_000L)).isNotEqualTo(early);
        assertThat(Workload.CACHE_REGISTER.lasting(4, 0)).isNotEqualTo(early);
    }
}
