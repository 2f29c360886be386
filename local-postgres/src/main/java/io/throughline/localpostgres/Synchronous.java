package io.throughline.localpostgres;

/** On how many standbys a commit must be durable before it returns. */
public enum Synchronous {
    /** One of the two: a standby may be down and writes go on. */
    ANY_1(1),
    /** Both: a write survives the loss of any two nodes, and a standby that is down stops writes. */
    ANY_2(2);

    private final int copies;

    Synchronous(int copies) {
        this.copies = copies;
    }

    public int copies() {
        return copies;
    }
}
