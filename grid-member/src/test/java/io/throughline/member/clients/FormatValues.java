package io.throughline.member.clients;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import java.util.stream.Stream;

/** A map and three different values of its format. */
record FormatValues(String map, Object one, Object two, Object other) {

    static Stream<FormatValues> all() {
        return Stream.of(
                new FormatValues("kv", "one", "two", "other"),
                new FormatValues(
                        "documents",
                        new HazelcastJsonValue("{\"n\": 1}"),
                        new HazelcastJsonValue("{\"n\":2 }"),
                        new HazelcastJsonValue("[3, null]")),
                new FormatValues("blobs", new byte[] {0, -1}, new byte[0], new byte[] {7, 7}));
    }

    IMap<String, Object> of(HazelcastInstance client) {
        return client.getMap(map);
    }

    /** The key has a row of {@link #one}, and nothing in memory. */
    void makeCold(HazelcastInstance client, String key) {
        of(client).set(key, one);
        of(client).evict(key);
    }

    /** The key has a row of {@link #one}, and is in memory. */
    void makeWarm(HazelcastInstance client, String key) {
        of(client).set(key, one);
    }

    @Override
    public String toString() {
        return map;
    }
}
