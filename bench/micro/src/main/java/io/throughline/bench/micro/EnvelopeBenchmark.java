package io.throughline.bench.micro;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.throughline.mapstore.attempt.Attempt;
import io.throughline.mapstore.attempt.AttemptEnvelope;
import io.throughline.mapstore.attempt.OpenedAttempts;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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

/** The envelope that carries an attempt's deadline, beside the value without one, both through Hazelcast's serialization. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {

    private static final int VALUE_BYTES = 200;

    private final HazelcastInstance member = memberWithContext();
    private final OpenedAttempts opened = OpenedAttempts.of(member);
    private final InternalSerializationService hazelcast = new DefaultSerializationServiceBuilder()
            .setHazelcastInstance(member)
            .build();
    private final String value = Texts.json(VALUE_BYTES);
    private final Data sealed = seal();
    private final Data plain = write();

    /** All that the envelope needs of a member. */
    private static HazelcastInstance memberWithContext() {
        ConcurrentMap<String, Object> context = new ConcurrentHashMap<>();
        return (HazelcastInstance) Proxy.newProxyInstance(
                HazelcastInstance.class.getClassLoader(),
                new Class<?>[] {HazelcastInstance.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getUserContext")) {
                        return context;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Benchmark
    public Data seal() {
        return hazelcast.toData(new AttemptEnvelope(new Attempt(1_800_000_000_000L, 42), value));
    }

    /** With what a store asks for it. */
    @Benchmark
    public Attempt open() {
        Object inside = hazelcast.toObject(sealed);
        return Objects.requireNonNull(opened.take(inside));
    }

    @Benchmark
    public Data write() {
        return hazelcast.toData(value);
    }

    @Benchmark
    public Object read() {
        return hazelcast.toObject(plain);
    }
}
