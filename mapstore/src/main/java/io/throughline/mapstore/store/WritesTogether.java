package io.throughline.mapstore.store;

import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one call, sent without waiting for each, so that they share commits. After the first that fails none is sent any more.
 * For one thread, once.
 *
 * @param <W> a write that is under way
 */
final class WritesTogether<W> {

    /** Each partition of a member may have as many under way, and all of them together must not fill the lane's queue. */
    private static final int AT_A_TIME = 32;

    /** Nor must the commits that they take keep others waiting for long. */
    static final long BYTES_AT_A_TIME = 1 << 20;

    private final Consumer<W> send;
    private final BiConsumer<W, Object> await;
    private final Consumer<Object> evict;
    private final ToLongFunction<W> weigh;
    private final Map<Object, W> underWay = new LinkedHashMap<>();
    private long bytes;
    private final List<Object> written = new ArrayList<>();
    private @Nullable RuntimeException failure;

    /**
     * @param await evicts by itself what may be written or not
     * @param weigh in bytes
     */
    WritesTogether(Consumer<W> send, BiConsumer<W, Object> await, Consumer<Object> evict, ToLongFunction<W> weigh) {
        this.send = send;
        this.await = await;
        this.evict = evict;
        this.weigh = weigh;
    }

    /** @param write called once at most: an attempt can be taken from its value once */
    void add(Object key, Supplier<W> write) {
        if (underWay.size() == AT_A_TIME || bytes >= BYTES_AT_A_TIME) {
            awaitAll();
        }
        if (failure != null) {
            return;
        }
        try {
            send(key, write.get());
        } catch (RuntimeException refused) {
            failed(refused);
        }
    }

    private void send(Object key, W write) {
        try {
            send.accept(write);
        } catch (HazelcastOverloadException full) {
            if (underWay.isEmpty()) {
                throw full;
            }
            awaitAll(); // the queue may be full of the writes of this very call
            if (failure != null) {
                return;
            }
            send.accept(write);
        }
        underWay.put(key, write);
        bytes += weigh.applyAsLong(write);
    }

    /**
     * Returns when all are written.
     *
     * @throws RuntimeException if one is not
     */
    void end() {
        awaitAll();
        if (failure != null) {
            written.forEach(evict);
            throw failure;
        }
    }

    private void awaitAll() {
        underWay.forEach((key, write) -> {
            try {
                await.accept(write, key);
                written.add(key);
            } catch (RuntimeException notWritten) {
                failed(notWritten);
            }
        });
        underWay.clear();
        bytes = 0;
    }

    /** What may be stored or not must not look like what is refused. */
    private void failed(RuntimeException now) {
        if (failure == null || now instanceof IndeterminateOperationStateException) {
            failure = now;
        }
    }
}
