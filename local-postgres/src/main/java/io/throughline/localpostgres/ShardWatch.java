package io.throughline.localpostgres;

import io.throughline.localpostgres.replication.LiveNode;
import io.throughline.localpostgres.replication.LiveShard;
import io.throughline.localpostgres.replication.Lookout;
import io.throughline.localpostgres.watch.Judge;
import io.throughline.localpostgres.watch.Order;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one shard again and again, and has done what the judge orders. */
final class ShardWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ShardWatch.class);
    private static final int END_SECONDS = 60;

    private final LiveShard shard;
    private final WatchConfig config;
    private final Progress progress;
    private final Judge judge;
    private final Lookout lookout;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks;
    private final ExecutorService works;

    ShardWatch(LiveShard shard, WatchConfig config, Progress progress) {
        this.shard = shard;
        this.config = config;
        this.progress = progress;
        this.judge = new Judge(config.badLooks(), config.silentLooks());
        this.lookout = new Lookout(shard, config.answer());
        this.looks = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "watch-" + shard.name()));
        this.works = Executors.newSingleThreadExecutor(task -> thread(task, "repair-" + shard.name()));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void begin() {
        var unused =
                looks.scheduleWithFixedDelay(this::look, 0, config.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            judge.judge(lookout.look(inWork::contains)).forEach(this::follow);
        } catch (RuntimeException unexpected) {
            // The next look tries again; an exception out of here would end the watch.
            LOG.warn("A look at {} failed", shard.name(), unexpected);
        }
    }

    private void follow(Order order) {
        LiveNode node = shard.node(order.node());
        switch (order.deed()) {
            case FAIL_OVER -> attempt(node, "does not answer and is replaced", shard::failOver);
            case RESTART -> later(node, "does not follow its primary and is restarted", () -> shard.restart(node));
            case CLONE -> later(node, "is not fit to be a standby and is cloned", () -> shard.repair(node));
        }
    }

    private void later(LiveNode node, String step, Runnable deed) {
        inWork.add(node.name());
        works.execute(() -> {
            try {
                attempt(node, step, deed);
            } finally {
                inWork.remove(node.name());
            }
        });
    }

    private void attempt(LiveNode node, String step, Runnable deed) {
        progress.step(node.id(), step);
        try {
            deed.run();
        } catch (LocalPostgresException failure) {
            LOG.debug("{} {}", node.id(), step, failure);
            progress.step(node.id(), String.valueOf(failure.getMessage()));
        }
    }

    void cease() {
        // A failover is let to its end, which is near; a clone is not.
        looks.shutdown();
        works.shutdownNow();
    }

    void awaitEnd() {
        try {
            if (!looks.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
                    || !works.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The watch over {} is still at work", shard.name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        lookout.close();
    }
}
