package io.throughline.bench.ledger;

/** What a row, or the answer to a get, means against what was acknowledged. */
public enum Verdict {
    GOOD("as it should be"),
    MISSING("an acknowledged write is missing"),
    STALE("an acknowledged write was replaced by an earlier version"),
    REFUSED("a refused write was stored"),
    NEVER_SENT("holds a version that was never sent"),
    DAMAGED("holds a value that was never written to this key"),
    MISPLACED("is on a shard that doesn't own its partition");

    private final String meaning;

    Verdict(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
