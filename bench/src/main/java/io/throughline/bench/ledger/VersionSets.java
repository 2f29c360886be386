package io.throughline.bench.ledger;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Some versions of some keys. Takes memory only for keys that have any. Thread-safe. */
final class VersionSets {

    private final Map<Integer, BitSet> versionsByKey = new ConcurrentHashMap<>();

    void add(int key, int version) {
        versionsByKey.compute(key, (same, versions) -> {
            BitSet next = versions == null ? new BitSet() : (BitSet) versions.clone();
            next.set(version);
            return next;
        });
    }

    boolean contains(int key, int version) {
        BitSet versions = versionsByKey.get(key);
        return versions != null && versions.get(version);
    }
}
