package io.throughline.mapstore.settings;

import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges one map's Hazelcast settings. A pure function: no member is needed. */
final class MapSettings {

    static final int BACKUPS = 2;
    static final int TTL_SECONDS = 5;

    /** Settings that break a promise, and settings that only weaken one and so are the user's choice. */
    record Verdict(List<String> unsafe, List<String> questionable) {}

    private final String prefix;
    private final MapConfig map;
    private final Duration overlay;
    private final List<String> unsafe = new ArrayList<>();
    private final List<String> questionable = new ArrayList<>();

    private MapSettings(MapConfig map, String name, Duration overlay) {
        this.map = map;
        this.overlay = overlay;
        this.prefix = "map." + name + ".";
    }

    static Verdict judge(MapConfig map, String name, Duration overlay) {
        MapSettings settings = new MapSettings(map, name, overlay);
        settings.judgeStore(map.getMapStoreConfig());
        settings.judgeMemory();
        settings.judgeReads();
        return new Verdict(settings.unsafe, settings.questionable);
    }

    private void judgeStore(MapStoreConfig store) {
        if (!store.isEnabled()) {
            refuse("map-store.enabled", false, "true", "puts would live in memory only");
        }
        if (store.getWriteDelaySeconds() > 0) {
            refuse(
                    "map-store.write-delay-seconds",
                    store.getWriteDelaySeconds(),
                    "0",
                    "acknowledged puts could be lost");
        }
        if (!store.isOffload()) {
            refuse("map-store.offload", false, "true", "one store would hold up a whole partition thread");
        }
    }

    private void judgeMemory() {
        int backups = map.getBackupCount();
        if (backups == 0) {
            refuse("backup-count", 0, "" + BACKUPS, "a killed member would take its entries along");
        } else if (backups < BACKUPS) {
            question("backup-count", backups, "" + BACKUPS, "two members lost at once lose cached entries");
        }
        int ttl = map.getTimeToLiveSeconds();
        if (ttl == 0) {
            refuse(
                    "time-to-live-seconds",
                    0,
                    "" + TTL_SECONDS,
                    "an entry that missed an eviction would stay stale for ever");
        } else if (ttl > overlay.toSeconds()) {
            refuse(
                    "time-to-live-seconds",
                    ttl,
                    "at most fallback.overlay in throughline.yaml, which is " + overlay.toSeconds() + " s",
                    "a resilient client would read what it wrote directly from memory too early");
        } else if (ttl > TTL_SECONDS) {
            question("time-to-live-seconds", ttl, "" + TTL_SECONDS, "stale reads after a fallback last as long");
        }
    }

    private void judgeReads() {
        if (map.getNearCacheConfig() != null) {
            refuse(
                    "near-cache",
                    "set",
                    "none",
                    "its invalidations come late, so a read may miss an acknowledged write");
        }
        if (map.getPartitioningStrategyConfig() != null
                || !map.getPartitioningAttributeConfigs().isEmpty()) {
            refuse("partition-strategy", "set", "none", "the shard of a key is found by its whole key");
        }
        if (map.isReadBackupData()) {
            question("read-backup-data", true, "false", "a member may serve its backup of an entry that has moved on");
        }
    }

    private void refuse(String key, Object value, String expected, String why) {
        unsafe.add(finding(key, value, expected, why));
    }

    private void question(String key, Object value, String expected, String why) {
        questionable.add(finding(key, value, expected, why));
    }

    private String finding(String key, Object value, String expected, String why) {
        return prefix + key + " is " + value + " and should be " + expected + ": " + why;
    }
}
