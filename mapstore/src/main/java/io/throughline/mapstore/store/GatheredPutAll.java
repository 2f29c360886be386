package io.throughline.mapstore.store;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.MapEntries;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.map.impl.operation.PutAllOperation;
import com.hazelcast.map.impl.operation.steps.IMapOpStep;
import com.hazelcast.map.impl.operation.steps.PutAllOpSteps;
import com.hazelcast.map.impl.operation.steps.engine.State;
import com.hazelcast.map.impl.operation.steps.engine.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A putAll that gives the store all entries of its partition together, so that they share commits. Hazelcast's own (5.7.0,
 * {@code PutAllOpSteps.STORE_ALL}) stores one after the other, each with a commit that it waits for.
 *
 * <p>Sent to another member, which doesn't happen to those of clients that know the partitions, it arrives as Hazelcast's own.
 */
final class GatheredPutAll extends PutAllOperation {

    GatheredPutAll(String map, MapEntries entries, boolean triggerMapLoader) {
        super(map, entries, triggerMapLoader);
    }

    @Override
    public Step<State> getStartingStep() {
        return Steps.READ;
    }

    private enum Steps implements IMapOpStep {
        READ {
            @Override
            public void runStep(State state) {
                PutAllOpSteps.READ.runStep(state);
            }

            @Override
            public Step<?> nextStep(State state) {
                return PutAllOpSteps.READ.nextStep(state) == PutAllOpSteps.LOAD_ALL ? LOAD_ALL : STORE_ALL;
            }
        },

        LOAD_ALL {
            @Override
            public boolean isLoadStep() {
                return true;
            }

            @Override
            public void runStep(State state) {
                PutAllOpSteps.LOAD_ALL.runStep(state);
            }

            @Override
            public Step<?> nextStep(State state) {
                return STORE_ALL;
            }
        },

        STORE_ALL {
            @Override
            public boolean isStoreStep() {
                return true;
            }

            @Override
            public void runStep(State state) {
                state.setResult(store(state));
            }

            @Override
            public Step<?> nextStep(State state) {
                return PutAllOpSteps.PROCESS;
            }
        };

        /** What goes to memory: of an attempt, the plain value that came out of its envelope. */
        private static Map<Data, Object> store(State state) {
            var map = state.getRecordStore().getMapContainer();
            MapServiceContext service = map.getMapServiceContext();
            @SuppressWarnings("unchecked")
            Map<Data, Object> entries = (Map<Data, Object>) state.getResult();
            Map<Data, Object> kept = new HashMap<>();
            Map<Object, Object> stored = new LinkedHashMap<>();
            entries.forEach((key, value) -> {
                Object object = service.toObject(value);
                kept.put(key, object);
                stored.put(service.toObject(key), object);
            });
            map.getMapStoreContext().getMapStoreWrapper().storeAll(stored);
            return kept;
        }
    }
}
