package io.throughline.torture.clients;

import com.hazelcast.map.IMap;
import io.throughline.torture.history.Action;

/** The stock map, of a client or of a member. */
public final class MapCalls implements GridCalls {

    private final IMap<String, String> map;

    public MapCalls(IMap<String, String> map) {
        this.map = map;
    }

    @Override
    public Done call(String key, Action asked) {
        return new Done(done(key, asked), false);
    }

    private Action done(String key, Action asked) {
        if (asked instanceof Action.Get) {
            return new Action.Get(map.get(key));
        } else if (asked instanceof Action.Put put) {
            map.set(key, put.value());
            return put;
        } else if (asked instanceof Action.Remove) {
            map.delete(key);
            return asked;
        } else if (asked instanceof Action.ReplaceIfSame replace) {
            return new Action.ReplaceIfSame(replace.expected(), replace.value(), replaced(key, replace));
        } else {
            return new Action.Increment(map.executeOnKey(key, new Increment()));
        }
    }

    private boolean replaced(String key, Action.ReplaceIfSame replace) {
        String expected = replace.expected();
        return expected == null
                ? map.putIfAbsent(key, replace.value()) == null
                : map.replace(key, expected, replace.value());
    }

    @Override
    public boolean mayGoDirectly() {
        return false;
    }
}
