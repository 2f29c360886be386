package io.throughline.member.clients;

import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import java.time.Duration;

/** What a map holds in memory. A query asks that alone, so looking doesn't refill. */
final class Memory {

    static final Duration TTL = Duration.ofSeconds(5);

    private Memory() {}

    static boolean holds(IMap<String, ?> map, String key) {
        return !map.keySet(Predicates.equal("__key", key)).isEmpty();
    }

    static void awaitGone(IMap<String, ?> map, String key) {
        await().atMost(TTL.multipliedBy(3)).pollInterval(Duration.ofMillis(50)).until(() -> !holds(map, key));
    }
}
