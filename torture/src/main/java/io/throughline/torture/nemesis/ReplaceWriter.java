package io.throughline.torture.nemesis;

import io.throughline.cli.LocalGrid;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Shard;
import io.throughline.member.MemberProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stalls a member that still has writes to send: a moment before, its shard's commits stall for want of a standby, so that they
 * queue behind the one that is on its way. Reads go on, without which no condition would be decided. When the member wakes, others have replaced it, and may have written the same rows.
 */
final class ReplaceWriter implements FaultInjector {

    /** A standby that hears nothing for so long is still taken for well, and a member's stores wait longer. */
    private static final long QUEUEING_MILLIS = 1_500;

    private final LocalGrid grid;
    private @Nullable MemberProcess struck;

    ReplaceWriter(LocalGrid grid) {
        this.grid = grid;
    }

    @Override
    public String begin(int target) {
        List<Shard> shards = grid.shards().shards();
        List<MemberProcess> members = grid.members();
        Node primary = shards.get(target % shards.size()).primary();
        MemberProcess member = members.get(target / shards.size() % members.size());
        try {
            grid.shards().pauseSenders(primary);
            TimeUnit.MILLISECONDS.sleep(QUEUEING_MILLIS);
            struck = member;
            member.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            grid.shards().resume(primary);
        }
        return member + ", writing to " + primary.id();
    }

    @Override
    public void heal() {
        MemberProcess member = struck;
        if (member != null) {
            member.resume();
            struck = null;
        }
    }
}
