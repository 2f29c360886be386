package io.throughline.mapstore.config;

import java.time.Duration;

/** Reads {@code connections}, {@code write} and {@code read}: how much, and how long. */
final class LimitsReader {

    private static final Bounds<Integer> POOL_SIZE =
            new Bounds<>(5, 4, 100, "every member opens this many connections to every shard");
    private static final Bounds<Duration> CONNECT_TIMEOUT =
            seconds(2, 1, 60, "each host of a shard is tried for this long in turn while the primary is looked for");
    private static final Bounds<Duration> SOCKET_TIMEOUT =
            seconds(5, 1, 600, "a dead primary is noticed after this long at the latest");
    private static final Bounds<Duration> START_TIMEOUT =
            seconds(30, 1, 3600, "a starting member waits this long for a shard that can't be reached");
    private static final Bounds<Duration> TIMEOUT =
            seconds(15, 1, 600, "what is in flight when a primary is replaced is sent again for this long");
    private static final Bounds<Integer> QUEUE_LIMIT =
            new Bounds<>(20_000, 1, 1_000_000, "what waits takes memory, and its callers give up one day");
    private static final Bounds<Integer> BATCH_LIMIT =
            new Bounds<>(256, 1, 10_000, "a batch holds the locks of its rows until it commits");
    private static final Bounds<Integer> LANES = new Bounds<>(2, 1, 16, "each lane keeps a connection busy");

    // One for the write lane, one for health, one for the writer's keeper.
    private static final int CONNECTIONS_BESIDE_READS = 3;

    private final ConnectionsConfig connections;
    private final WriteConfig write;
    private final ReadConfig read;

    LimitsReader(Section root) {
        Section connectionsSection = root.section("connections");
        Section writeSection = root.section("write");
        Section readSection = root.section("read");
        connections = connections(connectionsSection);
        write = new WriteConfig(
                writeSection.duration("timeout", TIMEOUT),
                writeSection.number("queue-limit", QUEUE_LIMIT),
                writeSection.number("batch-limit", BATCH_LIMIT),
                writeSection.choice("on-degraded", OnDegraded.REFUSE));
        read = new ReadConfig(
                readSection.duration("timeout", TIMEOUT),
                readSection.number("queue-limit", QUEUE_LIMIT),
                readSection.number("batch-limit", BATCH_LIMIT),
                readSection.number("lanes", LANES));
        checkPool(connectionsSection);
        checkWork(writeSection, write.timeout(), write.queueLimit(), write.batchLimit());
        checkWork(readSection, read.timeout(), read.queueLimit(), read.batchLimit());
        connectionsSection.refuseUnknownKeys();
        writeSection.refuseUnknownKeys();
        readSection.refuseUnknownKeys();
    }

    private static Bounds<Duration> seconds(int fallback, int min, int max, String why) {
        return new Bounds<>(Duration.ofSeconds(fallback), Duration.ofSeconds(min), Duration.ofSeconds(max), why);
    }

    private static ConnectionsConfig connections(Section section) {
        return new ConnectionsConfig(
                section.number("pool-size", POOL_SIZE),
                section.wholeSeconds("connect-timeout", CONNECT_TIMEOUT),
                section.wholeSeconds("socket-timeout", SOCKET_TIMEOUT),
                section.duration("start-timeout", START_TIMEOUT));
    }

    private void checkPool(Section section) {
        int needed = read.lanes() + CONNECTIONS_BESIDE_READS;
        if (connections.poolSize() < needed) {
            section.problem(
                    "pool-size",
                    connections.poolSize() + " is below " + needed + ": each of the " + read.lanes()
                            + " read lanes (read.lanes), the write lane, the writer's keeper and health keep one connection");
        }
    }

    private void checkWork(Section section, Duration timeout, int queueLimit, int batchLimit) {
        if (timeout.compareTo(connections.socketTimeout()) <= 0) {
            section.problem(
                    "timeout",
                    DurationText.format(timeout) + " isn't longer than connections.socket-timeout ("
                            + DurationText.format(connections.socketTimeout())
                            + "): after a silent connection was given up there would be no time to send again");
        }
        if (batchLimit > queueLimit) {
            section.problem(
                    "batch-limit",
                    batchLimit + " is above queue-limit (" + queueLimit + "): such a batch can never fill");
        }
    }

    ConnectionsConfig connections() {
        return connections;
    }

    WriteConfig write() {
        return write;
    }

    ReadConfig read() {
        return read;
    }
}
