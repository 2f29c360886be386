package io.throughline.torture.grid;

/**
 * What a grid has to have so that it can be struck by some faults.
 *
 * @param network between the members, that can be cut
 * @param disks small ones of their own beneath a shard's nodes
 * @param clocks of members, that can be set
 */
public record TortureNeeds(boolean network, boolean disks, boolean clocks) {}
