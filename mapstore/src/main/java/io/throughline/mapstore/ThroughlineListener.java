package io.throughline.mapstore;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.throughline.mapstore.settings.HazelcastSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ties a grid to its member's life. {@link Throughline#join} adds it by itself; a stock member names it under {@code
 * listeners:} in hazelcast.yaml, and sets the system property {@value #CONFIG_PROPERTY}: then everything is checked
 * when the member starts, and it refuses to start where the map store alone could only refuse the first operation.
 */
public final class ThroughlineListener implements LifecycleListener, HazelcastInstanceAware {

    /** Where throughline.yaml is: the map store's property, and the system property of the same name. */
    public static final String CONFIG_PROPERTY = "throughline.config";

    private @Nullable HazelcastInstance hazelcast;

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        HazelcastInstance instance = hazelcast;
        if (instance == null) {
            return;
        }
        switch (event.getState()) {
            case STARTING -> openOnce(instance, System.getProperty(CONFIG_PROPERTY));
            case SHUTDOWN -> close(instance);
            case MERGING -> ofThis(instance).ifPresent(Throughline::mergeBegins);
            case MERGED -> ofThis(instance).ifPresent(grid -> grid.merged(instance));
            case MERGE_FAILED -> ofThis(instance).ifPresent(grid -> grid.endAfterMerge(instance));
            case STARTED, SHUTTING_DOWN, CLIENT_CONNECTED, CLIENT_DISCONNECTED, CLIENT_CHANGED_CLUSTER -> {}
        }
    }

    /** The grid of this member; opened and checked by whoever needs it first. */
    static Throughline openOnce(HazelcastInstance instance, @Nullable String configFile) {
        Throughline grid = (Throughline) instance.getUserContext()
                .computeIfAbsent(Throughline.USER_CONTEXT_KEY, key -> open(instance, configFile));
        grid.attachOnce(instance);
        return grid;
    }

    private static Throughline open(HazelcastInstance instance, @Nullable String configFile) {
        if (configFile == null) {
            throw new StartRefusedException("the Throughline map store needs to know its configuration: set the map"
                    + " store's property or the system property " + CONFIG_PROPERTY
                    + " to the path of throughline.yaml");
        }
        Throughline grid = Throughline.open(Path.of(configFile));
        try {
            HazelcastSettings.check(instance.getConfig(), grid.config());
        } catch (StartRefusedException e) {
            grid.close();
            throw e;
        }
        closeAtShutdownOf(instance);
        return grid;
    }

    private static void closeAtShutdownOf(HazelcastInstance instance) {
        ThroughlineListener listener = new ThroughlineListener();
        listener.setHazelcastInstance(instance);
        instance.getLifecycleService().addLifecycleListener(listener);
    }

    private static Optional<Throughline> ofThis(HazelcastInstance instance) {
        return Optional.ofNullable((Throughline) instance.getUserContext().get(Throughline.USER_CONTEXT_KEY));
    }

    private static void close(HazelcastInstance instance) {
        if (instance.getUserContext().remove(Throughline.USER_CONTEXT_KEY) instanceof Throughline grid) {
            grid.close();
        }
    }
}
