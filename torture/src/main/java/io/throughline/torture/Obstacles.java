package io.throughline.torture;

import io.throughline.torture.grid.FakeClocks;
import io.throughline.torture.grid.SmallDisk;
import io.throughline.torture.nemesis.FaultName;
import java.util.Optional;

/** What stands in a fault's way on this machine. */
final class Obstacles {

    private Obstacles() {}

    /** Empty where it can be had. */
    static Optional<String> to(FaultName fault) {
        return switch (fault) {
            case KILL_MEMBER,
                    STALL_MEMBER,
                    KILL_PRIMARY,
                    STALL_PRIMARY,
                    KILL_STANDBY,
                    CUT_NETWORK,
                    RESTART_ALL,
                    KILL_AHEAD,
                    REPLACE_WRITER,
                    LOCK_KEYS -> Optional.empty();
            case FILL_DISK -> SmallDisk.obstacle();
            case CLOCK ->
                FakeClocks.installed().isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "libfaketimeMT.so.1 is not there; install Debian's libfaketime, or name the file in"
                                        + " LIBFAKETIME");
        };
    }
}
