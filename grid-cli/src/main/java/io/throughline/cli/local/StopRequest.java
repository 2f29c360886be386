package io.throughline.cli.local;

import io.throughline.cli.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT, SIGTERM or SIGHUP as a request that the running command answers in its own thread. The JVM then ends with the
 * command's exit code and not with the signal's. Thread-safe.
 */
public final class StopRequest {

    private final CountDownLatch made = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicReference<@Nullable ExitCode> answer = new AtomicReference<>();

    private StopRequest() {}

    /** Made by a signal to this JVM, from now on. */
    public static StopRequest onSignal() {
        StopRequest request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(new Thread(request::makeAndWait, "stop-request"));
        return request;
    }

    private void makeAndWait() {
        if (answer.get() != null) {
            return; // no signal: the command is done, and the JVM ends with its exit code
        }
        made.countDown();
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ExitCode exitCode = answer.get();
        Runtime.getRuntime().halt((exitCode == null ? ExitCode.DEFECT : exitCode).status());
    }

    public boolean isMade() {
        return made.getCount() == 0;
    }

    /** Returns once it is made. */
    public void await() {
        try {
            made.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended, asked or not. */
    public void answer(ExitCode exitCode) {
        answer.set(exitCode);
        answered.countDown();
    }
}
