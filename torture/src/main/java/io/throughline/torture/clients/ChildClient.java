package io.throughline.torture.clients;

import io.throughline.torture.history.Action;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Outcome;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client in a process of its own, which does what it reads from its standard input and tells its outcome on its standard
 * output. If it ends, so does what it had under way: as unknown.
 */
final class ChildClient implements TortureClient {

    private static final int END_SECONDS = 30;

    private record Pending(Action asked, long sent, CompletableFuture<Answer> answer) {}

    private final int number;
    private final ClientKind kind;
    private final RunClock clock;
    private final Process process;
    private final BufferedWriter requests;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean ended;

    private ChildClient(int number, ClientKind kind, RunClock clock, Process process) {
        this.number = number;
        this.kind = kind;
        this.clock = clock;
        this.process = process;
        this.requests = process.outputWriter();
    }

    /** @param command told by its first line that it is ready */
    static ChildClient start(int number, ClientKind kind, RunClock clock, ProcessBuilder command) {
        try {
            ChildClient client = new ChildClient(number, kind, clock, command.start());
            Thread reader = new Thread(client::read, "answers-of-client-" + number);
            reader.setDaemon(true);
            reader.start();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(command.command().get(0) + " can't be started", e);
        }
    }

    /** False if it ended, or isn't ready by then. */
    boolean awaitReady(long seconds) {
        return ready.completeOnTimeout(false, seconds, TimeUnit.SECONDS).join();
    }

    boolean hasEnded() {
        return ended;
    }

    private void read() {
        try (BufferedReader answers = process.inputReader()) {
            ready.complete(answers.readLine() != null);
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                Wire.Response response = Wire.response(line, this::asked);
                Pending done = pending.remove(response.id());
                if (done != null) {
                    done.answer().complete(response.answer());
                }
            }
        } catch (IOException e) {
            // It has ended in the middle of a line.
        } finally {
            end();
        }
    }

    private @Nullable Action asked(long id) {
        Pending asked = pending.get(id);
        return asked == null ? null : asked.asked();
    }

    private void end() {
        ended = true;
        ready.complete(false);
        pending.forEach((id, lost) -> lost.answer().complete(unknown(lost.asked(), lost.sent())));
    }

    private Answer unknown(Action asked, long sent) {
        return new Answer(asked, sent, clock.now(), Outcome.UNKNOWN, true, "UNKNOWN: the client's process ended");
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public ClientKind kind() {
        return kind;
    }

    @Override
    public Answer perform(String key, Action asked) {
        Pending request = new Pending(asked, clock.now(), new CompletableFuture<>());
        long id = ids.incrementAndGet();
        pending.put(id, request);
        if (!send(Wire.request(new Wire.Request(id, key, asked))) || ended) {
            request.answer().complete(unknown(asked, request.sent()));
        }
        try {
            return request.answer().join();
        } finally {
            pending.remove(id);
        }
    }

    private synchronized boolean send(String line) {
        try {
            requests.write(line);
            requests.newLine();
            requests.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The end of its input asks it to end. */
    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        end();
    }
}
