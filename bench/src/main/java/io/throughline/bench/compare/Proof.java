package io.throughline.bench.compare;

import io.throughline.bench.loader.ProofReport;
import io.throughline.bench.peers.Peer;

/** What one peer's rows showed at the end of its turn. */
public record Proof(int round, Peer peer, ProofReport report) {}
