package io.throughline.localpostgres;

import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.binaries.BinaryCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

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
                BinaryCache.defaultFolder(),
                Duration.ofMinutes(3),
                true,
                Map.of(),
                Progress.silent());
    }

    public LocalShardsConfig withShards(int count) {
        return changed(draft -> draft.shards = count);
    }

    public LocalShardsConfig withSynchronous(Synchronous copies) {
        return changed(draft -> draft.synchronous = copies);
    }

    /** Fixed ports, shard by shard. */
    public LocalShardsConfig withPorts(Integer... fixed) {
        return changed(draft -> draft.ports = List.of(fixed));
    }

    public LocalShardsConfig withFirstPort(int port) {
        return changed(draft -> draft.firstPort = port);
    }

    public LocalShardsConfig withBinaryCache(Path folder) {
        return changed(draft -> draft.binaryCache = folder);
    }

    public LocalShardsConfig withStartTimeout(Duration timeout) {
        return changed(draft -> draft.startTimeout = timeout);
    }

    public LocalShardsConfig withStopAtExit(boolean stop) {
        return changed(draft -> draft.stopAtExit = stop);
    }

    /** One more setting of postgresql.conf. */
    public LocalShardsConfig withSetting(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return changed(draft -> draft.settings = more);
    }

    public LocalShardsConfig withProgress(Progress listener) {
        return changed(draft -> draft.progress = listener);
    }

    private LocalShardsConfig changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.config();
    }

    /** A copy in which one thing may change before it is checked again. */
    private static final class Draft {

        private final Path directory;
        private int shards;
        private Synchronous synchronous;
        private List<Integer> ports;
        private int firstPort;
        private Path binaryCache;
        private Duration startTimeout;
        private boolean stopAtExit;
        private Map<String, String> settings;
        private Progress progress;

        Draft(LocalShardsConfig from) {
            directory = from.directory;
            shards = from.shards;
            synchronous = from.synchronous;
            ports = from.ports;
            firstPort = from.firstPort;
            binaryCache = from.binaryCache;
            startTimeout = from.startTimeout;
            stopAtExit = from.stopAtExit;
            settings = from.settings;
            progress = from.progress;
        }

        LocalShardsConfig config() {
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
                    progress);
        }
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
