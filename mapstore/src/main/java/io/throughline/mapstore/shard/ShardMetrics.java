package io.throughline.mapstore.shard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What is counted for a shard. Thread-safe. */
public final class ShardMetrics {

    private final MeterRegistry meters;
    private final List<Tag> tags;
    private final DistributionSummary batchRows;
    private final Timer commits;
    private final DistributionSummary stackHeight;
    private final DistributionSummary loadKeys;
    private final Counter retries;
    private final Counter degraded;

    public ShardMetrics(MeterRegistry meters, String shard) {
        this.meters = meters;
        this.tags = List.of(Tag.of("shard", shard));
        this.batchRows = DistributionSummary.builder("throughline.batch.rows")
                .description("Rows in each committed batch")
                .tags(tags)
                .register(meters);
        this.commits = Timer.builder("throughline.commit")
                .description("From sending a batch to its commit on the quorum")
                .tags(tags)
                .publishPercentileHistogram()
                .register(meters);
        this.stackHeight = DistributionSummary.builder("throughline.stores.stacked")
                .description("Stores that their lane began together, on its own thread")
                .tags(tags)
                .register(meters);
        this.loadKeys = DistributionSummary.builder("throughline.load.keys")
                .description("Keys in each query that refills the cache")
                .tags(tags)
                .register(meters);
        this.degraded = Counter.builder("throughline.batch.degraded")
                .description("Batches committed without synchronous replication")
                .tags(tags)
                .register(meters);
        this.retries = Counter.builder("throughline.batch.retries")
                .description("Batches that had to be sent again")
                .tags(tags)
                .register(meters);
    }

    public void committed(int rows, long nanos) {
        batchRows.record(rows);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void stacked(int stores) {
        stackHeight.record(stores);
    }

    public void loaded(int keys) {
        loadKeys.record(keys);
    }

    /** A batch was committed while synchronous replication was not in force. */
    public void degraded() {
        degraded.increment();
    }

    public void retried() {
        retries.increment();
    }

    /** @param lane write or load */
    public void queue(String lane, IntSupplier waiting) {
        Gauge.builder("throughline.queue.waiting", waiting, IntSupplier::getAsInt)
                .description("Operations that wait for a batch")
                .tags(tags)
                .tag("lane", lane)
                .strongReference(true)
                .register(meters);
    }
}
