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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A value to its column and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValueBenchmark {

    @Param
    private ValueFormat format = ValueFormat.TEXT;

    @Param({"200", "16384"})
    private int bytes;

    private ValueCodec codec = ValueCodec.of(map());
    private Object value = "";
    private Object column = "";

    private GridMapConfig map() {
        return new GridMapConfig("kv", format, "kv", 1 << 20);
    }

    @Setup
    public void prepare() throws InvalidRowException {
        codec = ValueCodec.of(map());
        value = switch (format) {
            case TEXT -> Texts.json(bytes);
            case JSON -> new HazelcastJsonValue(Texts.json(bytes));
            case BINARY -> Texts.binary(bytes);
        };
        column = codec.toColumn(value).column();
    }

    @Benchmark
    public ColumnValue toColumn() throws InvalidRowException {
        return codec.toColumn(value);
    }

    @Benchmark
    public Object fromColumn() {
        return codec.fromColumn(column);
    }
}
