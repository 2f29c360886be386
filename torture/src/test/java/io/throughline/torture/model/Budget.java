package io.throughline.torture.model;

/**
 * What may still happen. Delays and expiries are not counted: they may happen at any time.
 *
 * @param stalls of the owner, after which it may be removed
 * @param kills of the owner
 * @param handOvers of the partition, by a living owner
 * @param cuts of a connection with a statement under way
 * @param duplicates of a request that Hazelcast runs twice
 * @param ticks of the shard's clock, 100 ms each
 */
record Budget(int stalls, int kills, int handOvers, int cuts, int duplicates, int ticks) {

    static final Budget NONE = new Budget(0, 0, 0, 0, 0, 0);

    Budget withStalls(int count) {
        return new Budget(count, kills, handOvers, cuts, duplicates, ticks);
    }

    Budget withKills(int count) {
        return new Budget(stalls, count, handOvers, cuts, duplicates, ticks);
    }

    Budget withHandOvers(int count) {
        return new Budget(stalls, kills, count, cuts, duplicates, ticks);
    }

    Budget withCuts(int count) {
        return new Budget(stalls, kills, handOvers, count, duplicates, ticks);
    }

    Budget withDuplicates(int count) {
        return new Budget(stalls, kills, handOvers, cuts, count, ticks);
    }

    Budget withTicks(int count) {
        return new Budget(stalls, kills, handOvers, cuts, duplicates, count);
    }
}
