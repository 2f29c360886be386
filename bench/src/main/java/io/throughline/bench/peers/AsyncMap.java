package io.throughline.bench.peers;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A map of a grid, as a client sees it that needn't wait for its answers. Thread-safe. */
public interface AsyncMap {

    CompletionStage<?> put(String key, String value);

    /** Answers with null where there is nothing. */
    CompletionStage<?> get(String key);

    CompletionStage<?> delete(String key);

    CompletionStage<?> putAll(Map<String, String> entries);

    /** Without what isn't there. */
    CompletionStage<Map<String, String>> getAll(Set<String> keys);
}
