package io.throughline.client;

import com.hazelcast.client.impl.clientside.HazelcastClientInstanceImpl;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.client.impl.protocol.codec.MapEvictCodec;
import com.hazelcast.client.impl.spi.impl.ClientInvocation;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.util.ThreadUtil;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.operation.EvictOperation;
import com.hazelcast.spi.impl.NodeEngineImpl;
import java.util.concurrent.CompletableFuture;

/**
 * {@code IMap.evict} without waiting for it: Hazelcast's API has no such call, and a thread for each key of a stalled member
 * would be a storm of its own. Thread-safe.
 */
interface Evictor {

    CompletableFuture<?> evict(String map, String key);

    static Evictor of(HazelcastInstance hazelcast) {
        if (hazelcast instanceof HazelcastClientProxy client) {
            return (map, key) -> throughClient(client.client, map, key);
        }
        if (hazelcast instanceof HazelcastInstanceProxy member) {
            return (map, key) -> throughMember(member.getOriginal().node.getNodeEngine(), map, key);
        }
        throw new IllegalArgumentException(
                hazelcast.getClass().getName() + " is neither a Hazelcast client nor a member");
    }

    private static CompletableFuture<?> throughClient(HazelcastClientInstanceImpl client, String map, String key) {
        Data data = client.getSerializationService().toData(key);
        int partition = client.getClientPartitionService().getPartitionId(data);
        return new ClientInvocation(
                        client, MapEvictCodec.encodeRequest(map, data, ThreadUtil.getThreadId()), map, partition)
                .invoke();
    }

    private static CompletableFuture<?> throughMember(NodeEngineImpl engine, String map, String key) {
        Data data = engine.getSerializationService().toData(key);
        int partition = engine.getPartitionService().getPartitionId(data);
        return engine.getOperationService()
                .createInvocationBuilder(MapService.SERVICE_NAME, new EvictOperation(map, data, false), partition)
                .invoke()
                .toCompletableFuture();
    }
}
