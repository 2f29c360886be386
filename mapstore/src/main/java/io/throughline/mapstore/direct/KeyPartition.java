package io.throughline.mapstore.direct;

import com.hazelcast.internal.util.HashUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A key's partition as Hazelcast has it, without asking a client that may have lost every member. The same in every
 * language: clients/vectors/keys.json.
 */
public final class KeyPartition {

    private KeyPartition() {}

    /** @param key well-formed text, as a row's key is */
    public static int of(String key, int partitionCount) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        byte[] serialized = ByteBuffer.allocate(4 + utf8.length)
                .putInt(utf8.length)
                .put(utf8)
                .array();
        int hash = HashUtil.MurmurHash3_x86_32(serialized, 0, serialized.length);
        return HashUtil.hashToIndex(hash, partitionCount);
    }
}
