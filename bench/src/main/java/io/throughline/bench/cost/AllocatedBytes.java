package io.throughline.bench.cost;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What the threads of a JVM have allocated on its heap, as it counts that itself, thread by thread and to the byte. It is
 * asked through its own management, which an attach starts, so it needs no flag and no code of ours, and it doesn't matter which
 * collector it has.
 *
 * <p>A thread that ends takes its count along: what it allocated after the last reading is missed. Those of pools end after
 * a minute without work, so that is little. For one thread.
 */
final class AllocatedBytes implements AutoCloseable {

    private final long pid;
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private Map<Long, Long> lastOfThread = Map.of();
    private long total;

    private AllocatedBytes(long pid, JMXConnector connector, ThreadMXBean threads) {
        this.pid = pid;
        this.connector = connector;
        this.threads = threads;
    }

    /** @throws CommandFailed if this JVM can't be asked: it has ended, or belongs to another user */
    // The objects that are read are those of a JVM that this one has started.
    @SuppressWarnings("BanJNDI")
    static AllocatedBytes of(long pid) {
        try {
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(management(pid)));
            return new AllocatedBytes(
                    pid,
                    connector,
                    ManagementFactory.newPlatformMXBeanProxy(
                            connector.getMBeanServerConnection(),
                            ManagementFactory.THREAD_MXBEAN_NAME,
                            ThreadMXBean.class));
        } catch (IOException | AttachNotSupportedException e) {
            throw silent(pid, e);
        }
    }

    private static String management(long pid) throws IOException, AttachNotSupportedException {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
        try {
            return jvm.startLocalManagementAgent();
        } finally {
            jvm.detach();
        }
    }

    /** Bytes since the JVM's start, but for what threads allocated that had ended before they were first seen; never falls. */
    long total() {
        try {
            long[] ids = threads.getAllThreadIds();
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            Map<Long, Long> ofThread = new HashMap<>();
            for (int each = 0; each < ids.length; each++) {
                // -1 of a thread that has just ended.
                if (bytes[each] >= 0) {
                    ofThread.put(ids[each], bytes[each]);
                    total += bytes[each] - lastOfThread.getOrDefault(ids[each], 0L);
                }
            }
            lastOfThread = ofThread;
            return total;
        } catch (UndeclaredThrowableException e) {
            throw silent(pid, e);
        }
    }

    private static CommandFailed silent(long pid, Exception reason) {
        Throwable cause = reason instanceof UndeclaredThrowableException && reason.getCause() != null
                ? reason.getCause()
                : reason;
        return new CommandFailed(
                ExitCode.FAILED, "Process " + pid + " doesn't tell what it has allocated: " + cause, cause);
    }

    /** The JVM may have ended before. */
    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException gone) {
            // Nothing is left to be closed.
        }
    }
}
