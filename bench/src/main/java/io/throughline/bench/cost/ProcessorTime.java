package io.throughline.bench.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time of processes from Linux's /proc; 0 elsewhere. Stateless. */
public final class ProcessorTime {

    /** USER_HZ, which Linux has fixed for programs. */
    private static final double TICKS_A_SECOND = 100;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private ProcessorTime() {}

    /** Seconds that these processes have used so far. */
    public static double of(List<Long> pids) {
        return pids.stream().mapToDouble(pid -> ticks(pid, false)).sum() / TICKS_A_SECOND;
    }

    /** With their children, those that have ended included: PostgreSQL has a process for each connection. */
    public static double withChildren(List<Long> pids) {
        double ticks = 0;
        for (long pid : pids) {
            ticks += ticks(pid, true);
            ticks += ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::children)
                    .mapToDouble(child -> ticks(child.pid(), false))
                    .sum();
        }
        return ticks / TICKS_A_SECOND;
    }

    private static double ticks(long pid, boolean endedChildren) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double own = Double.parseDouble(fields[USER]) + Double.parseDouble(fields[SYSTEM]);
            return endedChildren
                    ? own + Double.parseDouble(fields[CHILDREN_USER]) + Double.parseDouble(fields[CHILDREN_SYSTEM])
                    : own;
        } catch (IOException e) {
            return 0; // gone meanwhile, or not Linux
        }
    }
}
