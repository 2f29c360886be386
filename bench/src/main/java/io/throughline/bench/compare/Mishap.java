package io.throughline.bench.compare;

import io.throughline.bench.peers.Peer;

/** A peer's turn that ended early; the other turns go on. */
public record Mishap(int round, Peer peer, String reason) {

    @Override
    public String toString() {
        return peer.id() + " in round " + (round + 1) + ": " + reason;
    }
}
