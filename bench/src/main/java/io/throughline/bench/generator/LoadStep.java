package io.throughline.bench.generator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One rate for one while. Puts and gets have a thread each, so that neither waits for the other. It is begun once; the rest
 * may be called by any thread.
 */
public final class LoadStep {

    /** Longer than the grid's own timeouts: what has no answer by then counts as unknown. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(40);

    private final LoadShape shape;
    private final Stream puts;
    private final Stream gets;
    private volatile @Nullable CompletableFuture<Void> loops;
    private volatile long beginNanos;
    private volatile long endNanos;

    LoadStep(LoadShape shape, Stream puts, Stream gets) {
        this.shape = shape;
        this.puts = puts;
        this.gets = gets;
    }

    public LoadShape shape() {
        return shape;
    }

    public Stream puts() {
        return puts;
    }

    public Stream gets() {
        return gets;
    }

    /** Begins in the background. */
    public void begin() {
        beginNanos = System.nanoTime();
        List<CompletableFuture<Void>> both = List.of(run("load-puts", puts), run("load-gets", gets));
        loops = CompletableFuture.allOf(both.get(0), both.get(1));
    }

    private CompletableFuture<Void> run(String name, Stream stream) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        long begin = beginNanos;
        Runnable loop = () -> {
            try {
                stream.loop().run(begin, begin + shape.duration().toNanos());
                ended.complete(null);
            } catch (InterruptedException | RuntimeException | Error failed) {
                stop();
                ended.completeExceptionally(failed);
            }
        };
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    /** Starts nothing more. */
    public void stop() {
        puts.loop().stop();
        gets.loop().stop();
    }

    /** Whether all that this step starts has been started. */
    public boolean ended() {
        CompletableFuture<Void> begun = loops;
        return begun != null && begun.isDone();
    }

    /**
     * Waits for the end, and then for the answers to what was started.
     *
     * @throws java.util.concurrent.CompletionException if the load itself failed
     */
    public void await() throws InterruptedException {
        CompletableFuture<Void> begun = loops;
        if (begun == null) {
            throw new IllegalStateException("it hasn't begun");
        }
        begun.join();
        endNanos = System.nanoTime();
        puts.loop().awaitAnswers(ANSWERS_WITHIN);
        gets.loop().awaitAnswers(ANSWERS_WITHIN);
    }

    /** From the beginning to now, or to the end. */
    public double seconds() {
        long end = endNanos;
        return ((end == 0 ? System.nanoTime() : end) - beginNanos) / 1e9;
    }

    /** From the beginning to the end or the last answer, whichever is later. */
    public double secondsToLastAnswer() {
        long last = Math.max(puts.tally().lastAnswer(), gets.tally().lastAnswer());
        return Math.max(seconds(), last == 0 ? 0 : (last - beginNanos) / 1e9);
    }
}
