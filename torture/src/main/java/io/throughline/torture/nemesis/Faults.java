package io.throughline.torture.nemesis;

import io.throughline.cli.LocalGrid;
import io.throughline.torture.grid.TortureGrid;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The faults of one grid. */
public final class Faults {

    private Faults() {}

    /**
     * @param map whose keys clients use
     * @param clock ns since the run began
     * @throws IllegalArgumentException if the grid isn't made for one of them
     */
    public static Map<FaultName, FaultInjector> of(
            TortureGrid torture, List<FaultName> names, String map, LongSupplier clock) {
        Map<FaultName, FaultInjector> faults = new EnumMap<>(FaultName.class);
        names.forEach(name -> faults.put(name, fault(torture, name, map, clock)));
        return faults;
    }

    private static FaultInjector fault(TortureGrid torture, FaultName name, String map, LongSupplier clock) {
        LocalGrid grid = torture.local();
        return switch (name) {
            case KILL_MEMBER -> MemberFault.kill(grid);
            case STALL_MEMBER -> MemberFault.stall(grid);
            case KILL_PRIMARY -> NodeFault.killPrimary(grid.shards());
            case STALL_PRIMARY -> NodeFault.stallPrimary(grid.shards());
            case KILL_STANDBY -> NodeFault.killStandby(grid.shards());
            case KILL_AHEAD -> new KillAhead(grid.shards());
            case REPLACE_WRITER -> new ReplaceWriter(grid);
            case LOCK_KEYS -> new LockKeys(grid, map, clock);
            case CUT_NETWORK ->
                torture.network()
                        .<FaultInjector>map(
                                network -> new CutNetwork(network, TortureGrid.MEMBERS + 1, TortureGrid.MEMBERS))
                        .orElseThrow(() -> new IllegalArgumentException("the grid has no network that can be cut"));
            case RESTART_ALL -> new RestartAll(grid);
            case FILL_DISK ->
                torture.disks()
                        .<FaultInjector>map(disks -> new FillDisk(grid.shards(), disks))
                        .orElseThrow(() -> new IllegalArgumentException("the grid has no small disks"));
            case CLOCK ->
                torture.clocks()
                        .<FaultInjector>map(clocks -> new ClockJump(clocks, TortureGrid.MEMBERS))
                        .orElseThrow(() -> new IllegalArgumentException("the grid has no clocks that can be set"));
        };
    }
}
