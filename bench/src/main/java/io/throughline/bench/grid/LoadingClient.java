package io.throughline.bench.grid;

/** Which kind of client loads a grid. */
public enum LoadingClient {
    /** Stock Hazelcast clients: one puts, another gets, since a put is promised to the next get of any client. */
    PLAIN,
    /** The resilient map, which promises a put to its own gets. */
    RESILIENT
}
