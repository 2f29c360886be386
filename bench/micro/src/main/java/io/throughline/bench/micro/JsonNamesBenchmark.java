package io.throughline.bench.micro;

import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.ValueFormat;
import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.InvalidRowException;
import io.throughline.mapstore.row.ValueCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JSON whose field names differ from value to value, as where identifiers are names. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonNamesBenchmark {

    private static final int VALUES = 1 << 14;
    private static final int FIELDS = 6;

    private final ValueCodec codec = ValueCodec.of(new GridMapConfig("kv", ValueFormat.JSON, "kv", 1 << 20));
    private final HazelcastJsonValue[] values = new HazelcastJsonValue[VALUES];
    private int next;

    public JsonNamesBenchmark() {
        for (int value = 0; value < VALUES; value++) {
            StringBuilder json = new StringBuilder("{\"id\":").append(value);
            for (int field = 0; field < FIELDS; field++) {
                json.append(",\"item-%08d\":\"abcdefghijklmnop\"".formatted(value * FIELDS + field));
            }
            values[value] = new HazelcastJsonValue(json.append('}').toString());
        }
    }

    @Benchmark
    public ColumnValue toColumn() throws InvalidRowException {
        next = (next + 1) & (VALUES - 1);
        return codec.toColumn(values[next]);
    }
}
