package io.throughline.torture.clients;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds one to a decimal number, where absent counts as 0. Members find this class on their class path, which is that of
 * {@code ./grid}.
 *
 * <p>Its backups take the owner's result over. Hazelcast's default, to run the processor on each backup again, would count
 * twice there: a backup that doesn't have the entry loads it, and finds what the owner has just stored.
 */
final class Increment implements EntryProcessor<String, String, Long> {

    private static final long serialVersionUID = 1;

    private long counted;

    @Override
    public Long process(Map.Entry<String, @Nullable String> entry) {
        String before = entry.getValue();
        counted = before == null ? 1 : Long.parseLong(before) + 1;
        entry.setValue(Long.toString(counted));
        return counted;
    }

    @Override
    public EntryProcessor<String, String, Long> getBackupProcessor() {
        return new SetTo(Long.toString(counted));
    }

    private record SetTo(String value) implements EntryProcessor<String, String, Long> {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Long process(Map.Entry<String, String> entry) {
            entry.setValue(value);
            return null;
        }
    }
}
