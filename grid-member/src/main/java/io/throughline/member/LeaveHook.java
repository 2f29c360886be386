package io.throughline.member;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What SIGTERM and SIGINT do: the member leaves, and the process ends with the exit code of that instead of the JVM's 143.
 * A second signal changes nothing, as the JVM runs its hooks once; a leave that hangs ends with its bound.
 */
final class LeaveHook implements Runnable {

    private final AtomicReference<@Nullable GridMember> serving = new AtomicReference<>();
    private volatile boolean decided;

    static LeaveHook install() {
        LeaveHook hook = new LeaveHook();
        Runtime.getRuntime().addShutdownHook(new Thread(hook, "leave"));
        return hook;
    }

    void serving(GridMember member) {
        serving.set(member);
    }

    /** The process is about to end with an exit code of its own. */
    void decided() {
        decided = true;
    }

    @Override
    public void run() {
        if (decided) {
            return;
        }
        GridMember member = serving.get();
        if (member == null) {
            // Still starting: it has served nothing, and others see it go as they'd see it crash.
            end(ExitCode.LEFT_IN_ORDER);
            return;
        }
        endAfter(member.leaveBound());
        end(member.leave());
    }

    private static void endAfter(Duration bound) {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(bound.toMillis());
                        end(ExitCode.LEFT_IN_HASTE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "leave-bound");
        watch.setDaemon(true);
        watch.start();
    }

    private static void end(ExitCode code) {
        System.out.flush();
        Runtime.getRuntime().halt(code.status());
    }
}
