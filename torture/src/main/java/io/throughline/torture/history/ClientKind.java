package io.throughline.torture.history;

/** By what a client uses the grid. */
public enum ClientKind {
    /** The stock Hazelcast client. */
    PLAIN,
    /** The resilient map of {@code grid-client}. */
    RESILIENT,
    /** A member within the application's own JVM. */
    EMBEDDED,
    /** The resilient map in Python. */
    PYTHON
}
