package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import io.throughline.mapstore.fixture.EmbeddedGrid;
import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Hazelcast takes for stored comes to memory, so a row that this member may not write must not pass for stored. */
@ExtendWith(SharedShards.class)
class StoreAllElsewhereTest {

    private static final String SHARD = "shard-1";

    @Test
    void rows_of_another_members_partition_are_not_passed_over(GridDatabase database) {
        try (EmbeddedGrid grid = EmbeddedGrid.start(database, 2)) {
            grid.awaitSafe();
            grid.kv().set("opens", "the map");
            String key = grid.keyOn(grid.member(1), SHARD);

            assertThatThrownBy(() -> storeAll(grid.member(0), Map.of(key, "value")))
                    .isInstanceOf(RetryableHazelcastException.class)
                    .hasMessageContaining("PARTITION_MOVED");

            assertThat(database.query(SHARD, "SELECT 1 FROM kv.entries WHERE key = '" + key + "'"))
                    .isEmpty();
        }
    }

    private static void storeAll(HazelcastInstance member, Map<Object, Object> entries) {
        MapService maps = ((HazelcastInstanceProxy) member)
                .getOriginal()
                .node
                .getNodeEngine()
                .getService(MapService.SERVICE_NAME);
        maps.getMapServiceContext()
                .getMapContainer("kv")
                .getMapStoreContext()
                .getMapStoreWrapper()
                .storeAll(entries);
    }
}
