package io.throughline.bench.report;

import io.throughline.bench.generator.ReadChecks.WrongRead;
import io.throughline.bench.proof.ShardResult;
import java.util.List;

/**
 * What was proven.
 *
 * @param acknowledgedPuts all of them; each key's last is the one that its row must hold
 * @param readsChecked gets that began after a put of their key was acknowledged
 * @param shards empty where none could be compared
 * @param obstacle why none could; empty where that isn't so
 */
public record ProofResult(
        long acknowledgedPuts,
        int acknowledgedKeys,
        long readsChecked,
        long readsWrong,
        List<WrongRead> firstWrongReads,
        List<ShardResult> shards,
        String obstacle,
        double seconds) {

    public ProofResult {
        firstWrongReads = List.copyOf(firstWrongReads);
        shards = List.copyOf(shards);
    }

    public Conclusion conclusion() {
        if (readsWrong > 0 || shards.stream().anyMatch(shard -> shard.wrongRows() > 0)) {
            return Conclusion.BROKEN;
        }
        boolean conclusive =
                acknowledgedPuts > 0 && !shards.isEmpty() && shards.stream().allMatch(ShardResult::conclusive);
        return conclusive ? Conclusion.PROVEN : Conclusion.INCONCLUSIVE;
    }
}
