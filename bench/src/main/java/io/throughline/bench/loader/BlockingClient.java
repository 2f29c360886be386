package io.throughline.bench.loader;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client whose threads wait for their answers. Thread-safe. */
interface BlockingClient {

    /**
     * Threads that take operations from one queue.
     *
     * @param most operations that one thread takes at once
     */
    record Lane(int shard, int threads, int most) {}

    /** A queue for each, of operations of this shard, or of any where it is {@link #ANY}. */
    List<Lane> lanes(int inFlight);

    int ANY = -1;

    int shardOf(String key);

    /** @return what the gets among them found, in their order; null for a put */
    List<? extends @Nullable Object> perform(List<Call> calls) throws SQLException;
}
