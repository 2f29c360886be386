package io.throughline.mapstore.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code connections}, {@code write}, {@code read}, {@code attempts} and {@code fallback}: how much, how long. */
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

    private static final Bounds<Duration> MAX_CLOCK_SKEW = seconds(
            60,
            1,
            3600,
            "a deadline from a clock that is ahead makes a row refuse everyone else's attempts until then");
    private static final Bounds<Duration> TOMBSTONE_RETENTION =
            seconds(3600, 60, 30 * 86_400, "an attempt that arrives later than this would bring a deleted key back");
    private static final Bounds<Duration> CACHE_TIMEOUT = new Bounds<>(
            Duration.ofMillis(250),
            Duration.ofMillis(10),
            Duration.ofSeconds(60),
            "a slow member holds an operation up for this long");
    private static final Bounds<Duration> OVERLAY =
            seconds(5, 1, 3600, "a member may hold what it had for one time to live");
    private static final Bounds<Integer> CONNECTIONS =
            new Bounds<>(4, 1, 100, "every client may open this many connections to every shard");
    private static final Bounds<Integer> FALLBACK_QUEUE =
            new Bounds<>(1_000, 1, 1_000_000, "what waits takes memory, and its callers give up one day");

    private static final Form FILE = Form.of("[^\\x00]+", "the path of a file, relative to this one");

    // One for the write lane, one for health, one for the writer's keeper.
    private static final int CONNECTIONS_BESIDE_READS = 3;

    private final ConnectionsConfig connections;
    private final WriteConfig write;
    private final ReadConfig read;
    private final AttemptsConfig attempts;
    private final FallbackConfig fallback;

    /** @param folder paths are relative to it */
    LimitsReader(Section root, Path folder) {
        Section connectionsSection = root.section("connections");
        Section writeSection = root.section("write");
        Section readSection = root.section("read");
        connections = connections(connectionsSection, folder);
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
        Section attemptsSection = root.section("attempts");
        attempts = new AttemptsConfig(
                attemptsSection.duration("max-clock-skew", MAX_CLOCK_SKEW),
                attemptsSection.duration("tombstone-retention", TOMBSTONE_RETENTION));
        Section fallbackSection = root.section("fallback");
        fallback = fallback(fallbackSection);
        checkPool(connectionsSection);
        checkWork(writeSection, write.timeout(), write.queueLimit(), write.batchLimit());
        checkWork(readSection, read.timeout(), read.queueLimit(), read.batchLimit());
        if (fallbackSection.has("direct-timeout")) {
            checkTimeout(fallbackSection, "direct-timeout", fallback.directTimeout());
        }
        connectionsSection.refuseUnknownKeys();
        writeSection.refuseUnknownKeys();
        readSection.refuseUnknownKeys();
        attemptsSection.refuseUnknownKeys();
        fallbackSection.refuseUnknownKeys();
    }

    private static Bounds<Duration> seconds(int fallback, int min, int max, String why) {
        return new Bounds<>(Duration.ofSeconds(fallback), Duration.ofSeconds(min), Duration.ofSeconds(max), why);
    }

    private static ConnectionsConfig connections(Section section, Path folder) {
        Tls tls = section.choice("tls", Tls.PREFER);
        Path rootCertificate =
                section.text("root-certificate", FILE).map(folder::resolve).orElse(null);
        checkCertificate(section, tls, rootCertificate);
        return new ConnectionsConfig(
                section.number("pool-size", POOL_SIZE),
                section.wholeSeconds("connect-timeout", CONNECT_TIMEOUT),
                section.wholeSeconds("socket-timeout", SOCKET_TIMEOUT),
                section.duration("start-timeout", START_TIMEOUT),
                tls,
                rootCertificate);
    }

    private static void checkCertificate(Section section, Tls tls, @Nullable Path rootCertificate) {
        if (rootCertificate != null && !Files.isReadable(rootCertificate)) {
            section.problem(
                    "root-certificate",
                    rootCertificate.normalize()
                            + (Files.exists(rootCertificate) ? " can't be read" : " doesn't exist"));
        } else if (rootCertificate == null && tls.verifies()) {
            section.problem(
                    "root-certificate",
                    "is missing; tls: " + tls.sslmode() + " needs the certificate that the shards' are signed by");
        }
    }

    private static FallbackConfig fallback(Section section) {
        return new FallbackConfig(
                section.duration("cache-timeout", CACHE_TIMEOUT),
                section.duration("direct-timeout", TIMEOUT),
                section.duration("overlay", OVERLAY),
                section.number("connections", CONNECTIONS),
                section.number("queue-limit", FALLBACK_QUEUE));
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
        checkTimeout(section, "timeout", timeout);
        if (batchLimit > queueLimit) {
            section.problem(
                    "batch-limit",
                    batchLimit + " is above queue-limit (" + queueLimit + "): such a batch can never fill");
        }
    }

    private void checkTimeout(Section section, String key, Duration timeout) {
        if (timeout.compareTo(connections.socketTimeout()) <= 0) {
            section.problem(
                    key,
                    DurationText.format(timeout) + " isn't longer than connections.socket-timeout ("
                            + DurationText.format(connections.socketTimeout())
                            + "): after a silent connection was given up there would be no time to send again");
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

    AttemptsConfig attempts() {
        return attempts;
    }

    FallbackConfig fallback() {
        return fallback;
    }
}
