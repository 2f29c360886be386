package io.throughline.mapstore.store;

import com.hazelcast.map.impl.operation.steps.RemoveIfSameOpSteps;
import java.lang.StackWalker.Option;

/**
 * Tells a delete that nobody has decided on yet. Where stores are offloaded, Hazelcast's {@code remove(key, expected)}
 * of a key that isn't in memory calls the store's delete as soon as it has loaded the value, and only then compares
 * (5.7.0, {@code RemoveIfSameOpSteps.LOAD}): with another value the caller hears false, and the row would be gone. The
 * delete that is meant comes from the later step DELETE, so leaving out this one changes nothing else.
 */
final class PrematureDelete {

    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** Between the step and the store stand Hazelcast's own layers, five of them in 5.7.0. */
    private static final int NEAREST_FRAMES = 16;

    private PrematureDelete() {}

    /** Whether the current call of the map store is such a delete. Costs a microsecond or two. */
    // Each step is a subclass of the enum, and the class of this one step is what is wanted.
    @SuppressWarnings("GetClassOnEnum")
    static boolean isCalling() {
        Class<?> loadStep = RemoveIfSameOpSteps.LOAD.getClass();
        return STACK.walk(
                frames -> frames.limit(NEAREST_FRAMES).anyMatch(frame -> frame.getDeclaringClass() == loadStep));
    }
}
