package io.throughline.localpostgres;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder as a look from outside shows it, whoever has it started.
 *
 * @param startedBy the process that has it started, 0 where none does; its nodes may run nevertheless
 */
public record Overview(Path directory, long startedBy, List<Shard> shards) {

    public Overview {
        shards = List.copyOf(shards);
    }
}
