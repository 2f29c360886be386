package io.throughline.bench.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.container.DataContainer;
import org.infinispan.manager.DefaultCacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimeToLiveTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong();
    private final DefaultCacheManager manager = new DefaultCacheManager(new GlobalConfigurationBuilder().build());
    private final DataContainer<Object, Object> memory = memory();
    private final TimeToLive timeToLive = new TimeToLive(memory, clock::get);

    private DataContainer<Object, Object> memory() {
        manager.defineConfiguration("kv1", new ConfigurationBuilder().build());
        return manager.<Object, Object>getCache("kv1").getAdvancedCache().getDataContainer();
    }

    private void put(String value) {
        manager.getCache("kv1").put("key", value);
    }

    private int heldAfter(long seconds) {
        clock.addAndGet(seconds * SECOND);
        timeToLive.look();
        return memory.sizeIncludingExpired();
    }

    @AfterEach
    void stop() throws IOException {
        manager.close();
    }

    @Test
    void an_entry_leaves_memory_five_seconds_after_it_was_put() {
        put("old");

        assertThat(heldAfter(0)).isOne();
        assertThat(heldAfter(4)).isOne();
        assertThat(heldAfter(1)).isZero();
    }

    @Test
    void a_put_begins_the_time_anew() {
        put("old");
        heldAfter(0);
        clock.addAndGet(4 * SECOND);
        put("new");

        assertThat(heldAfter(0)).isOne();
        assertThat(heldAfter(4)).isOne();
        assertThat(heldAfter(1)).isZero();
    }
}
