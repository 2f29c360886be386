package io.throughline.mapstore.store;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.operation.DeleteOperation;
import com.hazelcast.map.impl.operation.steps.DeleteOpSteps;
import com.hazelcast.map.impl.operation.steps.IMapOpStep;
import com.hazelcast.map.impl.operation.steps.UtilSteps;
import com.hazelcast.map.impl.operation.steps.engine.State;
import com.hazelcast.map.impl.operation.steps.engine.Step;

/**
 * A delete whose entry may expire while it waits for its shard. Hazelcast's own takes for granted that an entry that was in memory
 * before is there afterwards, and ends in a NullPointerException when the row is gone already (5.7.0, {@code
 * DeleteOpSteps.ON_DELETE}).
 *
 * <p>Sent to another member, which doesn't happen to the deletes of clients that know the partitions, it arrives as Hazelcast's own.
 * An entry processor that removes its entry takes that step too, and is Hazelcast's own everywhere.
 */
final class SlowDelete extends DeleteOperation {

    /** Calls the store once. */
    static final Step<State> DELETE = Steps.DELETE;

    SlowDelete(String map, Data key, boolean disableWanReplicationEvent) {
        super(map, key, disableWanReplicationEvent);
    }

    @Override
    public Step<State> getStartingStep() {
        return Steps.READ;
    }

    private enum Steps implements IMapOpStep {
        READ(DeleteOpSteps.READ) {
            @Override
            public Step<State> nextStep(State state) {
                return DELETE;
            }
        },

        DELETE(DeleteOpSteps.DELETE) {
            @Override
            public boolean isStoreStep() {
                return true;
            }

            @Override
            public Step<State> nextStep(State state) {
                return state.isRecordExistsInMemory() ? ON_DELETE : UtilSteps.FINAL_STEP;
            }
        },

        ON_DELETE(DeleteOpSteps.ON_DELETE) {
            @Override
            public void runStep(State state) {
                if (state.getRecordStore().getRecord(state.getKey()) != null) {
                    super.runStep(state);
                }
            }

            @Override
            public Step<State> nextStep(State state) {
                return UtilSteps.FINAL_STEP;
            }
        };

        private final DeleteOpSteps hazelcasts;

        Steps(DeleteOpSteps hazelcasts) {
            this.hazelcasts = hazelcasts;
        }

        @Override
        public void runStep(State state) {
            hazelcasts.runStep(state);
        }
    }
}
