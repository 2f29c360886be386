package io.throughline.torture.clients;

import io.throughline.client.Decision;
import io.throughline.client.Reading;
import io.throughline.client.ResilientMap;
import io.throughline.client.ServedBy;
import io.throughline.torture.history.Action;

/** The resilient map. It has no entry processors. */
public final class ResilientCalls implements GridCalls {

    private final ResilientMap<String> map;

    public ResilientCalls(ResilientMap<String> map) {
        this.map = map;
    }

    @Override
    public Done call(String key, Action asked) {
        if (asked instanceof Action.Get) {
            Reading<String> reading = map.get(key);
            return done(new Action.Get(reading.value()), reading.servedBy());
        } else if (asked instanceof Action.Put put) {
            return done(put, map.put(key, put.value()));
        } else if (asked instanceof Action.Remove) {
            return done(asked, map.remove(key));
        } else if (asked instanceof Action.ReplaceIfSame replace) {
            Decision<String> decision = decided(key, replace);
            return done(
                    new Action.ReplaceIfSame(replace.expected(), replace.value(), decision.applied()),
                    decision.servedBy());
        }
        throw new IllegalArgumentException("the resilient map can't do " + asked);
    }

    private Decision<String> decided(String key, Action.ReplaceIfSame replace) {
        String expected = replace.expected();
        return expected == null ? map.putIfAbsent(key, replace.value()) : map.replace(key, expected, replace.value());
    }

    private static Done done(Action action, ServedBy servedBy) {
        return new Done(action, servedBy == ServedBy.SHARD);
    }

    @Override
    public boolean mayGoDirectly() {
        return true;
    }
}
