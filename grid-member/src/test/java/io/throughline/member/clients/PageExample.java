package io.throughline.member.clients;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Java program of docs/clients.md. Only where its members are and where it prints to are given from outside. */
final class PageExample {

    private PageExample() {}

    static void run(List<String> addresses, Consumer<@Nullable Object> println) {
        // page begins
        ClientConfig config = new ClientConfig().setClusterName("throughline");
        addresses.forEach(config.getNetworkConfig()::addAddress);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);

        IMap<String, String> kv = client.getMap("kv");
        kv.set("greeting", "hello"); // on a quorum of its shard when this returns
        println.accept(kv.get("greeting"));

        IMap<String, HazelcastJsonValue> documents = client.getMap("documents");
        documents.set("ada", new HazelcastJsonValue("{\"name\": \"Ada\", \"born\": 1815}"));
        println.accept(documents.values(Predicates.lessThan("born", 1900)));

        try {
            kv.set("", "no key");
        } catch (HazelcastException refused) {
            println.accept(refused.getMessage()); // [REFUSED KEY_INVALID] put of key '' in map 'kv' (partition 11, …
        }
        client.shutdown();
        // page ends
    }
}
