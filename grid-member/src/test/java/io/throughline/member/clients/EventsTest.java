package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.EntryEventType;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryEvictedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryLoadedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.throughline.member.SharedGrid;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entry events: one for each write that was stored, none for one that was refused. */
@ExtendWith(SharedGrid.Once.class)
class EventsTest {

    private static final int SEEN_WITHIN_SECONDS = 20;

    private final SharedGrid grid;
    private final String key;

    EventsTest(SharedGrid grid) {
        this.grid = grid;
        this.key = grid.freshKey();
    }

    private record Event(
            EntryEventType type,
            @Nullable Object value,
            @Nullable Object oldValue) {}

    /** Asks for every kind of event. */
    private static final class Recorder
            implements EntryAddedListener<String, Object>,
                    EntryUpdatedListener<String, Object>,
                    EntryRemovedListener<String, Object>,
                    EntryEvictedListener<String, Object>,
                    EntryExpiredListener<String, Object>,
                    EntryLoadedListener<String, Object> {

        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

        private void record(EntryEvent<String, Object> event) {
            events.add(new Event(event.getEventType(), event.getValue(), event.getOldValue()));
        }

        void assertNext(EntryEventType type, @Nullable Object value, @Nullable Object oldValue)
                throws InterruptedException {
            assertThat(events.poll(SEEN_WITHIN_SECONDS, TimeUnit.SECONDS)).isEqualTo(new Event(type, value, oldValue));
        }

        @Override
        public void entryAdded(EntryEvent<String, Object> event) {
            record(event);
        }

        @Override
        public void entryUpdated(EntryEvent<String, Object> event) {
            record(event);
        }

        @Override
        public void entryRemoved(EntryEvent<String, Object> event) {
            record(event);
        }

        @Override
        public void entryEvicted(EntryEvent<String, Object> event) {
            record(event);
        }

        @Override
        public void entryExpired(EntryEvent<String, Object> event) {
            record(event);
        }

        @Override
        public void entryLoaded(EntryEvent<String, Object> event) {
            record(event);
        }
    }

    @Test
    void each_write_that_was_stored_has_its_event() throws InterruptedException {
        IMap<String, Object> kv = grid.client().getMap("kv");
        Recorder recorder = new Recorder();
        UUID listener = kv.addEntryListener(recorder, key, true);

        kv.set(key, "one");
        recorder.assertNext(EntryEventType.ADDED, "one", null);
        kv.put(key, "two");
        recorder.assertNext(EntryEventType.UPDATED, "two", "one");
        Refusal.of(() -> kv.put(key, 42));
        kv.replace(key, "two", "three");
        recorder.assertNext(EntryEventType.UPDATED, "three", "two");
        kv.remove(key);
        recorder.assertNext(EntryEventType.REMOVED, null, "three");
        kv.putAll(Map.of(key, "four"));
        recorder.assertNext(EntryEventType.ADDED, "four", null);
        kv.evict(key);
        recorder.assertNext(EntryEventType.EVICTED, null, "four");
        assertThat(kv.get(key)).isEqualTo("four");
        recorder.assertNext(EntryEventType.LOADED, "four", null);
        kv.delete(key);
        recorder.assertNext(EntryEventType.REMOVED, null, "four");

        assertThat(recorder.events).isEmpty();
        kv.removeEntryListener(listener);
    }

    @Test
    void expiry_and_refill_have_their_events() throws InterruptedException {
        IMap<String, Object> documents = grid.client().getMap("documents");
        HazelcastJsonValue document = new HazelcastJsonValue("{\"a\": 1}");
        Recorder recorder = new Recorder();
        UUID listener = documents.addEntryListener(recorder, key, true);

        documents.set(key, document);
        recorder.assertNext(EntryEventType.ADDED, document, null);
        // An expired entry is noticed by the next one who asks for it, or by a cleaner that comes round now and then.
        Memory.awaitGone(documents, key);
        assertThat(documents.get(key)).isEqualTo(document);
        recorder.assertNext(EntryEventType.EXPIRED, null, document);
        recorder.assertNext(EntryEventType.LOADED, document, null);

        documents.removeEntryListener(listener);
    }
}
