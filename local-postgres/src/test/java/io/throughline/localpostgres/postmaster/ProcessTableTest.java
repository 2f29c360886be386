package io.throughline.localpostgres.postmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.SharedShards;
import io.throughline.localpostgres.binaries.Platform;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedShards.class)
class ProcessTableTest {

    private final List<ProcessTable> tables = List.of(ProcessTable.of(Platform.current()), new PortableProcessTable());

    @Test
    void a_server_is_found_with_its_children_in_either_way(LocalShards shards) {
        for (Node node : shards.shard("shard-2").nodes()) {
            for (ProcessTable table : tables) {
                assertThat(table.runsOn(node.data(), node.pid())).isTrue();
                assertThat(table.on(node.data())).contains(node.pid()).hasSizeGreaterThan(3);
            }
        }
    }

    @Test
    void a_process_that_is_not_of_this_folder_is_never_taken_for_its_server(LocalShards shards) {
        Path data = shards.shard("shard-2").primary().data();
        long another = shards.shard("shard-1").primary().pid();
        long thisJvm = ProcessHandle.current().pid();
        for (ProcessTable table : tables) {
            assertThat(table.runsOn(data, another)).isFalse();
            assertThat(table.runsOn(data, thisJvm)).isFalse();
            assertThat(table.on(data)).doesNotContain(another, thisJvm);
            assertThat(table.on(Path.of("/no/such/folder"))).isEmpty();
        }
    }
}
