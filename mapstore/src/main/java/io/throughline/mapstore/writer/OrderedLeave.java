package io.throughline.mapstore.writer;

import com.hazelcast.internal.services.GracefulShutdownAwareService;
import java.util.concurrent.TimeUnit;

/**
 * Notes that this member leaves in order: Hazelcast asks its services in a graceful shutdown, and in no other (Hazelcast
 * 5.7, {@code Node.shutdown}). Thread-safe.
 */
public final class OrderedLeave implements GracefulShutdownAwareService {

    public static final String SERVICE_NAME = "throughline:ordered-leave";

    private volatile boolean begun;

    /** It begins here, and stores go on: partitions are handed over meanwhile. */
    @Override
    public boolean onShutdown(long timeout, TimeUnit unit) {
        begun = true;
        return true;
    }

    /** Once Hazelcast has shut down: whether that was in order. */
    public boolean begun() {
        return begun;
    }
}
