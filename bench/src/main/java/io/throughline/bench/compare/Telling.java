package io.throughline.bench.compare;

import io.throughline.bench.peers.Peer;

/** Told how a comparison goes. */
public interface Telling {

    /** @param round from 0 */
    void begins(int round, Peer peer);

    void measured(Measurement measurement);

    void proven(Proof proof);

    void failed(Mishap mishap);
}
