package io.throughline.mapstore.store;

import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores of one call, sent without waiting for each, so that they share commits. After the first that fails none is sent any more.
 * For one thread, once.
 *
 * @param <W> a store that is under way
 */
final class StoresTogether<W> {

    /** Each partition of a member may have as many under way, and all of them together must not fill the lane's queue. */
    private static final int AT_A_TIME = 32;

    private final BiFunction<Object, Object, @Nullable W> send;
    private final BiConsumer<W, Object> await;
    private final Consumer<Object> evict;
    private final Map<Object, W> underWay = new LinkedHashMap<>();
    private final List<Object> written = new ArrayList<>();
    private @Nullable RuntimeException failure;

    /**
     * @param send gives null where there is nothing to wait for
     * @param await evicts by itself what may be written or not
     */
    StoresTogether(BiFunction<Object, Object, @Nullable W> send, BiConsumer<W, Object> await, Consumer<Object> evict) {
        this.send = send;
        this.await = await;
        this.evict = evict;
    }

    void add(Object key, Object value) {
        if (underWay.size() == AT_A_TIME) {
            awaitAll();
        }
        try {
            send(key, value);
        } catch (HazelcastOverloadException full) {
            sendWhenThereIsRoom(key, value, full);
        } catch (RuntimeException refused) {
            failed(refused);
        }
    }

    private void send(Object key, Object value) {
        W write = failure == null ? send.apply(key, value) : null;
        if (write != null) {
            underWay.put(key, write);
        }
    }

    /** A queue may be full of the stores of this very call. */
    private void sendWhenThereIsRoom(Object key, Object value, HazelcastOverloadException full) {
        if (underWay.isEmpty()) {
            failed(full);
            return;
        }
        awaitAll();
        add(key, value);
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
    }

    /** What may be stored or not must not look like what is refused. */
    private void failed(RuntimeException now) {
        if (failure == null || now instanceof IndeterminateOperationStateException) {
            failure = now;
        }
    }
}
