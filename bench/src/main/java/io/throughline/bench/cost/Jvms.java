package io.throughline.bench.cost;

import java.util.ArrayList;
import java.util.List;

/** JVMs on this machine whose costs count together. For one thread. */
public final class Jvms implements AutoCloseable {

    private final List<Long> pids;
    private final List<AllocatedBytes> allocated = new ArrayList<>();

    private Jvms(List<Long> pids) {
        this.pids = List.copyOf(pids);
    }

    /** @throws io.throughline.cli.CommandFailed if one of them can't be asked, here and below */
    public static Jvms of(List<Long> pids) {
        Jvms jvms = new Jvms(pids);
        try {
            pids.forEach(pid -> jvms.allocated.add(AllocatedBytes.of(pid)));
            // What is new to them about being asked is done with then.
            jvms.allocatedBytes();
            return jvms;
        } catch (RuntimeException e) {
            jvms.close();
            throw e;
        }
    }

    double processorSeconds() {
        return ProcessorTime.of(pids);
    }

    long allocatedBytes() {
        return allocated.stream().mapToLong(AllocatedBytes::total).sum();
    }

    @Override
    public void close() {
        allocated.forEach(AllocatedBytes::close);
    }
}
