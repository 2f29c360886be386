package io.throughline.mapstore.attempt;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.serialization.Serializer;
import com.hazelcast.nio.serialization.SerializerHook;
import org.jspecify.annotations.Nullable;

/** Gives every member and client whose class path has this jar the serializer of envelopes. Made by Hazelcast. */
public final class AttemptHook implements SerializerHook<AttemptEnvelope>, HazelcastInstanceAware {

    private volatile OpenedAttempts opened = new OpenedAttempts();

    @Override
    public Class<AttemptEnvelope> getSerializationType() {
        return AttemptEnvelope.class;
    }

    @Override
    public Serializer createSerializer() {
        return new AttemptSerializer(() -> opened);
    }

    @Override
    public boolean isOverwritable() {
        return false;
    }

    /** Absent where something is serialized without an instance. */
    @Override
    public void setHazelcastInstance(@Nullable HazelcastInstance instance) {
        if (instance != null) {
            opened = OpenedAttempts.of(instance);
        }
    }
}
