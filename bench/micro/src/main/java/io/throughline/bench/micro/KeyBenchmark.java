package io.throughline.bench.micro;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.util.HashUtil;
import io.throughline.mapstore.direct.KeyPartition;
import io.throughline.mapstore.routing.ShardMap;
import io.throughline.mapstore.row.InvalidRowException;
import io.throughline.mapstore.row.RowKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The check of a key, and its way to a partition and a shard. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyBenchmark {

    private static final int PARTITIONS = 271;

    private final ShardMap shards = ShardMap.initial(PARTITIONS, List.of("shard-1", "shard-2"));
    private final InternalSerializationService hazelcast = new DefaultSerializationServiceBuilder().build();

    @Param({"order-0000012345", "Straße-0000012345"})
    private String key = "";

    @Benchmark
    public String check() throws InvalidRowException {
        return RowKey.check(key);
    }

    @Benchmark
    public String shard() {
        return shards.shardOf(KeyPartition.of(key, PARTITIONS));
    }

    /** As a member's partition service does it for each store. */
    @Benchmark
    public String shardByHazelcast() {
        int hash = hazelcast.toData(key).getPartitionHash();
        return shards.shardOf(HashUtil.hashToIndex(hash, PARTITIONS));
    }
}
