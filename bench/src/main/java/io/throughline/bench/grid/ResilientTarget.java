package io.throughline.bench.grid;

import io.throughline.bench.generator.Target;
import io.throughline.client.ResilientMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A map of a grid, as an application has it that must not wait for a slow member. */
final class ResilientTarget implements Target {

    private final ResilientMap<Object> map;
    private final ValueForm form;

    ResilientTarget(ResilientMap<Object> map, ValueForm form) {
        this.map = map;
        this.form = form;
    }

    @Override
    public CompletionStage<?> put(String key, String value) {
        return map.putAsync(key, form.entry(value));
    }

    @Override
    public CompletionStage<@Nullable String> get(String key) {
        return map.getAsync(key).thenApply(reading -> {
            Object entry = reading.value();
            return entry == null ? null : form.text(entry);
        });
    }
}
