package io.throughline.mapstore.store;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.MapContainer;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.map.impl.operation.steps.IMapOpStep;
import com.hazelcast.map.impl.operation.steps.PutAllOpSteps;
import com.hazelcast.map.impl.operation.steps.engine.State;
import com.hazelcast.map.impl.operation.steps.engine.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The steps of a putAll that go to the store, in place of Hazelcast's: all entries of a partition together, so that they share
 * commits. Hazelcast's own (5.7.0) stores one after the other, each with a commit that it waits for.
 */
enum PutAllTogether implements IMapOpStep {
    /** Of old values, where somebody listens for them. */
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
            return PutAllOpSteps.STORE_ALL.nextStep(state);
        }
    };

    static final Map<Step<?>, PutAllTogether> IN_PLACE_OF =
            Map.of(PutAllOpSteps.LOAD_ALL, LOAD_ALL, PutAllOpSteps.STORE_ALL, STORE_ALL);

    /** What goes to memory: of an attempt, the plain value that came out of its envelope. */
    private static Map<Data, Object> store(State state) {
        MapContainer map = state.getRecordStore().getMapContainer();
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
