package io.throughline.bench.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is measured side by side. */
public enum Peer {
    THROUGHLINE("Throughline, as it ships", Grid.THROUGHLINE, Access.MAP),
    MAPSTORE(
            "a MapStore of one upsert a store, HikariCP, Hazelcast's default pool of 16 threads",
            Grid.UPSERT_16,
            Access.MAP),
    MAPSTORE_271(
            "the same on threads as Throughline has them, 271 in a pool of their own", Grid.UPSERT_271, Access.MAP),
    JDBC("straight JDBC to the shards, one upsert a put, no grid", Grid.NONE, Access.JDBC),
    LOOK_ASIDE("look-aside: upsert by JDBC, then map.delete; a get that misses fills", Grid.PLAIN, Access.LOOK_ASIDE),
    GENERIC("Hazelcast 5.6's GenericMapStore, write-through, a map for each shard", Grid.GENERIC, Access.MAP_PER_SHARD),
    IGNITE(
            "Apache Ignite 2.18 with its CacheJdbcPojoStore, write-through, a cache for each shard",
            Grid.OTHER,
            Access.OTHER_PER_SHARD),
    INFINISPAN(
            "Infinispan 16.0 with its SQL table store, write-through, a cache for each shard",
            Grid.OTHER,
            Access.OTHER_PER_SHARD),
    BATCHES("limit: the same rows in batches over JDBC, no grid", Grid.NONE, Access.BATCHES),
    EMPTY("limit: the same grid with a MapStore that stores nothing", Grid.EMPTY, Access.MAP),
    NO_STORE("limit: the same grid, a map without a MapStore", Grid.PLAIN, Access.MAP);

    /** What its members run. */
    public enum Grid {
        /** No members. */
        NONE,
        THROUGHLINE,
        UPSERT_16,
        UPSERT_271,
        EMPTY,
        /** A map without a store. */
        PLAIN,
        GENERIC,
        /** Not Hazelcast. */
        OTHER
    }

    /** How it is loaded. */
    public enum Access {
        MAP,
        /** A client that chooses between two maps, one for each shard: a store that knows one database only. */
        MAP_PER_SHARD,
        /** Likewise, with the client of a grid that isn't Hazelcast. */
        OTHER_PER_SHARD,
        JDBC,
        BATCHES,
        LOOK_ASIDE
    }

    private final String title;
    private final Grid grid;
    private final Access access;

    Peer(String title, Grid grid, Access access) {
        this.title = title;
        this.grid = grid;
        this.access = access;
    }

    /** As on the command line: {@code look-aside}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Peer> named(String id) {
        return Arrays.stream(values()).filter(peer -> peer.id().equals(id)).findFirst();
    }

    public String title() {
        return title;
    }

    public Grid grid() {
        return grid;
    }

    public Access access() {
        return access;
    }

    /** The schema of its table; Throughline's is its map's. */
    public String schema() {
        return this == THROUGHLINE ? "kv" : "peer_" + name().toLowerCase(Locale.ROOT);
    }

    /** Whether an acknowledged put is on the shards. */
    public boolean stores() {
        return this != EMPTY && this != NO_STORE;
    }
}
