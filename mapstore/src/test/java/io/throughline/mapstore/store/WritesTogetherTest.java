package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WritesTogetherTest {

    private static final int ROOM = 10;

    private final List<Object> made = new ArrayList<>();
    private final List<Object> underWay = new ArrayList<>();
    private final List<Object> stored = new ArrayList<>();
    private final List<Object> evicted = new ArrayList<>();
    private final Map<Object, RuntimeException> failures = new HashMap<>();
    private int mostUnderWay;
    private long bytesOfEach = 1;

    @Test
    void many_are_under_way_together_and_all_are_awaited() {
        store(ROOM);

        assertThat(stored).hasSize(ROOM);
        assertThat(mostUnderWay).isEqualTo(ROOM);
        assertThat(evicted).isEmpty();
    }

    @Test
    void a_queue_that_its_own_stores_fill_refuses_none() {
        store(5 * ROOM);

        assertThat(stored).hasSize(5 * ROOM);
        assertThat(made).hasSize(5 * ROOM).doesNotHaveDuplicates();
    }

    @Test
    void a_queue_that_others_fill_refuses() {
        underWay.addAll(List.of("others'", "a", "b", "c", "d", "e", "f", "g", "h", "i"));

        assertThatThrownBy(() -> store(1)).isInstanceOf(HazelcastOverloadException.class);
    }

    @Test
    void after_one_that_fails_none_is_sent_and_what_is_written_is_evicted() {
        failures.put(3, new HazelcastException("refused"));

        assertThatThrownBy(() -> store(3 * ROOM)).hasMessage("refused");

        assertThat(stored).contains(0, 1, 2, 4).hasSizeLessThan(2 * ROOM);
        assertThat(evicted).isEqualTo(stored);
    }

    @Test
    void what_is_unknown_is_said_rather_than_what_is_refused() {
        failures.put(3, new HazelcastException("refused"));
        failures.put(4, new IndeterminateOperationStateException("unknown"));

        assertThatThrownBy(() -> store(ROOM)).hasMessage("unknown");
    }

    @Test
    void large_ones_go_a_few_at_a_time() {
        bytesOfEach = WritesTogether.BYTES_AT_A_TIME / 2;

        store(ROOM);

        assertThat(stored).hasSize(ROOM);
        assertThat(mostUnderWay).isEqualTo(2);
    }

    private void store(int entries) {
        WritesTogether<Object> writes =
                new WritesTogether<>(this::send, this::await, evicted::add, write -> bytesOfEach);
        IntStream.range(0, entries).forEach(key -> writes.add(key, () -> make(key)));
        writes.end();
    }

    private Object make(Object key) {
        made.add(key);
        return key;
    }

    private void send(Object write) {
        if (underWay.size() >= ROOM) {
            throw new HazelcastOverloadException("full");
        }
        underWay.add(write);
        mostUnderWay = Math.max(mostUnderWay, underWay.size());
    }

    private void await(Object write, Object key) {
        underWay.remove(write);
        RuntimeException failure = failures.get(key);
        if (failure != null) {
            throw failure;
        }
        stored.add(key);
    }
}
