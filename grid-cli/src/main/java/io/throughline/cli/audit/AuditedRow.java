package io.throughline.cli.audit;

/**
 * A key's row on one node.
 *
 * @param partition by the row's own word; −1 where there is no row
 * @param writtenAt microseconds since 1970 on the shard's clock
 * @param signature a hash of all that is in the row
 */
record AuditedRow(String key, int partition, HeldValue value, long writtenAt, long signature) {

    static AuditedRow missing(String key) {
        return new AuditedRow(key, -1, HeldValue.NONE, 0, 0);
    }

    boolean present() {
        return partition >= 0;
    }

    /** In every column, so also in those that only the grid looks at. */
    boolean sameAs(AuditedRow other) {
        return signature == other.signature && partition == other.partition;
    }

    @Override
    public String toString() {
        if (!present()) {
            return "no row";
        }
        return value.present() ? value.toString() : "a tombstone";
    }
}
