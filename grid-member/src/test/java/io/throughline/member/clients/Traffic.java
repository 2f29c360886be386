package io.throughline.member.clients;

import io.throughline.member.SharedGrid;

/**
 * What the members sent to the shards.
 *
 * @param stores rows written or deleted
 * @param loads keys looked up
 */
record Traffic(long stores, long loads) {

    /** Of the whole grid, so nobody else may use it meanwhile. */
    static Traffic during(SharedGrid grid, Runnable call) {
        Traffic before = of(grid);
        call.run();
        Traffic after = of(grid);
        return new Traffic(after.stores - before.stores, after.loads - before.loads);
    }

    private static Traffic of(SharedGrid grid) {
        return new Traffic((long) grid.everywhere("throughline_batch_rows_sum"), (long)
                grid.everywhere("throughline_load_keys_sum"));
    }
}
