package io.throughline.localpostgres;

import io.throughline.localpostgres.LocalPostgresException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to start and where. Begin with {@link #in(Path)}; each {@code with…} gives a changed copy.
 *
 * @param directory holds everything: data, logs, passwords, state
 * @param shards 1 to 64
 * @param ports one for each node, shard by shard, or empty: free ones are chosen once and remembered
 * @param firstPort where the search for free ports begins
 * @param binaryCache where PostgreSQL is unpacked once
 * @param startTimeout how long one server may take to start, crash recovery included
 * @param stopAtExit whether everything is stopped when the JVM ends in order without {@link LocalShards#close()}; where
 *     it ends during the start itself, everything is stopped in any case
 * @param settings of postgresql.conf, over the ones chosen here
 */
public record LocalShardsConfig(
        Path directory,
        int shards,
        Synchronous synchronous,
        List<Integer> ports,
        int firstPort,
        Path binaryCache,
        Duration startTimeout,
        boolean stopAtExit,
        Map<String, String> settings,
        Progress progress) {

    /** A primary and two standbys. */
    public static final int NODES_OF_A_SHARD = 3;

    private static final int MOST_SHARDS = 64;
    private static final int LOWEST_PORT = 1024;
    private static final int HIGHEST_PORT = 65535;

    public LocalShardsConfig {
        directory = directory.toAbsolutePath().normalize();
        binaryCache = binaryCache.toAbsolutePath().normalize();
        ports = List.copyOf(ports);
        settings = Map.copyOf(settings);
        require(shards >= 1 && shards <= MOST_SHARDS, "shards is " + shards + ", but must be 1 to " + MOST_SHARDS);
        require(inRange(firstPort), "firstPort is " + firstPort + ", but must be 1024 to 65535");
        require(
                startTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                "startTimeout is " + startTimeout + ", but must be a second or more");
        int nodes = shards * NODES_OF_A_SHARD;
        require(
                ports.isEmpty() || ports.size() == nodes,
                ports.size() + " ports are given for " + nodes + " nodes; give one for each, or none");
        require(
                ports.stream().allMatch(LocalShardsConfig::inRange),
                "ports are " + ports + ", but each must be 1024 to 65535");
        require(ports.stream().distinct().count() == ports.size(), "ports are " + ports + ", but each must be another");
    }

    /** Two shards, ANY 1, free ports from 15432 on. */
    public static LocalShardsConfig in(Path directory) {
        return new LocalShardsConfig(
                directory,
                2,
                Synchronous.ANY_1,
                List.of(),
                15432,
                io.throughline.localpostgres.binaries.BinaryCache.defaultFolder(),
                Duration.ofSeconds(60),
                true,
                Map.of(),
                Progress.silent());
    }

    public LocalShardsConfig withShards(int count) {
        return new LocalShardsConfig(
                directory,
                count,
                synchronous,
                ports,
                firstPort,
                binaryCache,
                startTimeout,
                stopAtExit,
                settings,
                progress);
    }

    public LocalShardsConfig withSynchronous(Synchronous copies) {
        return new LocalShardsConfig(
                directory, shards, copies, ports, firstPort, binaryCache, startTimeout, stopAtExit, settings, progress);
    }

    /** Fixed ports, shard by shard. */
    public LocalShardsConfig withPorts(Integer... fixed) {
        return new LocalShardsConfig(
                directory,
                shards,
                synchronous,
                Arrays.asList(fixed),
                firstPort,
                binaryCache,
                startTimeout,
                stopAtExit,
                settings,
                progress);
    }

    public LocalShardsConfig withFirstPort(int port) {
        return new LocalShardsConfig(
                directory, shards, synchronous, ports, port, binaryCache, startTimeout, stopAtExit, settings, progress);
    }

    public LocalShardsConfig withBinaryCache(Path folder) {
        return new LocalShardsConfig(
                directory, shards, synchronous, ports, firstPort, folder, startTimeout, stopAtExit, settings, progress);
    }

    public LocalShardsConfig withStartTimeout(Duration timeout) {
        return new LocalShardsConfig(
                directory, shards, synchronous, ports, firstPort, binaryCache, timeout, stopAtExit, settings, progress);
    }

    public LocalShardsConfig withStopAtExit(boolean stop) {
        return new LocalShardsConfig(
                directory, shards, synchronous, ports, firstPort, binaryCache, startTimeout, stop, settings, progress);
    }

    /** One more setting of postgresql.conf. */
    public LocalShardsConfig withSetting(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new LocalShardsConfig(
                directory,
                shards,
                synchronous,
                ports,
                firstPort,
                binaryCache,
                startTimeout,
                stopAtExit,
                more,
                progress);
    }

    public LocalShardsConfig withProgress(Progress listener) {
        return new LocalShardsConfig(
                directory,
                shards,
                synchronous,
                ports,
                firstPort,
                binaryCache,
                startTimeout,
                stopAtExit,
                settings,
                listener);
    }

    private static boolean inRange(int port) {
        return port >= LOWEST_PORT && port <= HIGHEST_PORT;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new LocalPostgresException(Code.INVALID_CONFIG, otherwise);
        }
    }
}
