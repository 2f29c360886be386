package io.throughline.mapstore.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.mapstore.fixture.GridDatabase;
import io.throughline.mapstore.fixture.SharedShards;
import io.throughline.mapstore.routing.ShardMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class SchemaMigrationTest {

    private static final String GRID_ID = "SELECT grid_id FROM throughline.grid";

    @Test
    void a_new_grid_has_one_identity_and_one_shard_map_on_every_shard(GridDatabase database) {
        long start = System.nanoTime();
        SchemaMigration.migrate(database.config());
        System.out.println("migrate ms " + (System.nanoTime() - start) / 1_000_000);
        start = System.nanoTime();
        SchemaMigration.migrate(database.config());
        System.out.println("migrate again ms " + (System.nanoTime() - start) / 1_000_000);
        start = System.nanoTime();
        assertThat(SchemaCheck.verify(database.config()))
                .isEqualTo(ShardMap.initial(271, List.of("shard-1", "shard-2")));
        System.out.println("check ms " + (System.nanoTime() - start) / 1_000_000);
        assertThat(database.query("shard-1", GRID_ID)).hasSize(1).isEqualTo(database.query("shard-2", GRID_ID));
        assertThat(database.query("shard-2", "SELECT shard FROM throughline.grid"))
                .containsExactly("shard-2");
    }
}
