package io.throughline.bench.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.bench.generator.Target;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A map of a grid. Puts go through one client and gets through another, since a put is promised to the next get of any
 * client.
 */
public final class MapTarget implements Target {

    private final IMap<String, Object> written;
    private final IMap<String, Object> read;
    private final ValueForm form;

    public MapTarget(HazelcastInstance writer, HazelcastInstance reader, String map, ValueForm form) {
        this.written = writer.getMap(map);
        this.read = reader.getMap(map);
        this.form = form;
    }

    @Override
    public CompletionStage<?> put(String key, String value) {
        return written.setAsync(key, form.entry(value));
    }

    @Override
    public CompletionStage<@Nullable String> get(String key) {
        return read.getAsync(key).thenApplyAsync(entry -> entry == null ? null : form.text(entry), Runnable::run);
    }
}
