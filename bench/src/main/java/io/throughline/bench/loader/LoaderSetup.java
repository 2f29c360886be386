package io.throughline.bench.loader;

import io.throughline.bench.peers.Peer;

/**
 * What a load generator is started with.
 *
 * @param throughlineYaml where the shards are
 * @param folder for what a client writes, if it does; it need not be there
 * @param members {@code host:port} of each; none for a peer without a grid
 * @param run names the keys
 * @param keys that are on the shards already, in version 1
 * @param connections of the load generator to all shards together, at most
 */
public record LoaderSetup(
        Peer peer,
        String throughlineYaml,
        String folder,
        java.util.List<String> members,
        String run,
        int keys,
        int valueBytes,
        int connections) {}
