package io.throughline.bench.generator;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The map that is loaded. Thread-safe; neither call waits for its answer. */
public interface Target {

    /** Completes when the put returns, and with what it throws. */
    CompletionStage<?> put(String key, String value);

    /** Completes with null where there is no entry. */
    CompletionStage<@Nullable String> get(String key);
}
