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

    private final BiConsumer<W, Object> await;
    private final Consumer<Object> evict;
    private final Map<Object, W> underWay = new LinkedHashMap<>();
    private final List<Object> written = new ArrayList<>();
    private @Nullable RuntimeException failure;

    /**
     * @param await evicts by itself what may be written or not
     */
    WritesTogether(BiConsumer<W, Object> await, Consumer<Object> evict) {
        this.await = await;
        this.evict = evict;
    }

    /** @param send gives null where there is nothing to wait for */
    void add(Object key, Supplier<@Nullable W> send) {
        if (underWay.size() == AT_A_TIME) {
            awaitAll();
        }
        if (failure != null) {
            return;
        }
        try {
            W write = send.get();
            if (write != null) {
                underWay.put(key, write);
            }
        } catch (HazelcastOverloadException full) {
            addWhenThereIsRoom(key, send, full);
        } catch (RuntimeException refused) {
            failed(refused);
        }
    }

    /** A queue may be full of the writes of this very call. */
    private void addWhenThereIsRoom(Object key, Supplier<@Nullable W> send, HazelcastOverloadException full) {
        if (underWay.isEmpty()) {
            failed(full);
            return;
        }
        awaitAll();
        add(key, send);
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
