package io.throughline.cli.audit;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Goes through the rows of all shards side by side. One use. */
final class RowsPass {

    private static final long SHOW_MILLIS = 100;

    private final AuditedShards shards;
    private final RowQueries queries;
    private final AuditProgress progress;

    RowsPass(AuditedShards shards, RowQueries queries, AuditProgress progress) {
        this.shards = shards;
        this.queries = queries;
        this.progress = progress;
    }

    /** Keys that differ at first sight, by shard. */
    Map<ShardNodes, Set<String>> suspects(Function<ShardNodes, RowsWalk> walks) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<ShardNodes, Future<Set<String>>> running = new LinkedHashMap<>();
            for (ShardNodes shard : shards.all()) {
                RowsWalk walk = walks.apply(shard);
                running.put(shard, threads.submit(() -> {
                    progress.expectRows(shard.onPrimary(queries::estimate));
                    return walk.run(progress::rowsDone);
                }));
            }
            Map<ShardNodes, Set<String>> suspects = new LinkedHashMap<>();
            for (Map.Entry<ShardNodes, Future<Set<String>>> walk : running.entrySet()) {
                suspects.put(walk.getKey(), await(walk.getKey(), walk.getValue()));
            }
            return suspects;
        } finally {
            threads.shutdownNow();
        }
    }

    private Set<String> await(ShardNodes shard, Future<Set<String>> walk) throws InterruptedException {
        while (true) {
            try {
                return walk.get(SHOW_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                progress.show();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SQLException unreadable) {
                    shards.leaveOut(shard, unreadable);
                    return Set.of();
                }
                throw new IllegalStateException(
                        "the rows of " + shard.shard() + " could not be compared", e.getCause());
            }
        }
    }
}
