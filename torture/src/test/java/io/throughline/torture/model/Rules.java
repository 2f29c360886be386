package io.throughline.torture.model;

/** What one part of the system can do in a state. */
interface Rules {

    void next(State state, Moves moves);
}
