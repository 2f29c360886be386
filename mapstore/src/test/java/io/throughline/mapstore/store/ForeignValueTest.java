package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.map.IMap;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class ForeignValueTest {

    private static final CountDownLatch BEING_READ = new CountDownLatch(1);

    /** No map takes it, which is seen when it has been read. */
    private static final class Slow implements Serializable {

        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            BEING_READ.countDown();
            try {
                TimeUnit.SECONDS.sleep(4);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begun on the lane's own thread it would keep all of the shard's puts, for as long as it takes to be read. */
    @Test
    void a_value_whose_reading_takes_its_time_keeps_no_put_waiting(GridDatabase database) throws Exception {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 1)) {
            List<String> keys = grid.keysOn(grid.member(0), "shard-1", "key-", 2);
            IMap<String, Object> values = grid.member(0).getMap("kv");
            values.set(keys.get(1), "before");
            CompletableFuture<Void> slow =
                    values.setAsync(keys.get(0), new Slow()).toCompletableFuture();
            BEING_READ.await();
            long begin = System.nanoTime();
            values.set(keys.get(1), "after");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThatThrownBy(() -> slow.get(20, TimeUnit.SECONDS)).hasMessageContaining("[REFUSED");
        }
    }
}
