package io.throughline.torture.nemesis;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.Node;
import io.throughline.torture.grid.SmallDisk;
import io.throughline.torture.grid.SmallDisks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Fills the disk of a primary. Tables can't grow then; every second time its WAL can't either, as the segments that PostgreSQL
 * holds ready are used up, and it ends with a PANIC.
 */
final class FillDisk implements FaultInjector {

    private static final int SEGMENTS = 100;

    private final LocalShards shards;
    private final SmallDisks disks;
    private @Nullable SmallDisk filled;

    FillDisk(LocalShards shards, SmallDisks disks) {
        this.shards = shards;
        this.disks = disks;
    }

    @Override
    public String begin(int target) {
        Node primary = disks.primary();
        SmallDisk disk = disks.of(primary);
        filled = disk;
        disk.fill();
        if (target % 2 == 0) {
            return primary.id();
        }
        useUpWal(primary);
        return primary.id() + ", its WAL too";
    }

    private void useUpWal(Node primary) {
        try (Connection connection = shards.connect(primary);
                Statement statement = connection.createStatement()) {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                statement.execute("SELECT pg_logical_emit_message(false, 'torture', 'x'), pg_switch_wal()");
            }
        } catch (SQLException full) {
            // As wanted: the server has ended with a PANIC.
        }
    }

    @Override
    public void heal() {
        SmallDisk disk = filled;
        if (disk != null) {
            disk.empty();
            filled = null;
        }
    }
}
