package io.throughline.member.faults;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.throughline.mapstore.Throughline;
import io.throughline.member.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An application that embeds a member, and whose own threads put to keys of that member without end. Its arguments: the
 * folder of the configuration, and a file where it says which keys these are, and why it ends.
 */
final class WritingApplication {

    static final String ENDED = "ended: ";
    private static final int THREADS = 32;

    private WritingApplication() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path says = Path.of(arguments[1]);
        Config config = Config.loadFromFile(folder.resolve("hazelcast.yaml").toFile());
        HazelcastInstance member = Throughline.open(folder.resolve("throughline.yaml"))
                .onFenced(reason -> {
                    say(says, List.of(ENDED + reason));
                    Runtime.getRuntime().halt(ExitCode.FENCED.status());
                })
                .join(config);
        List<String> keys = IntStream.range(0, 1_000)
                .mapToObj(number -> "application-" + number)
                .filter(key -> isMine(member, key))
                .limit(THREADS)
                .toList();
        IMap<String, String> kv = member.getMap("kv");
        keys.forEach(key -> kv.set(key, "old"));
        keys.forEach(key -> new Thread(() -> write(kv, key)).start());
        say(says, keys);
    }

    /** Waits for the partitions that a newcomer gets. */
    private static boolean isMine(HazelcastInstance member, String key) {
        PartitionService partitions = member.getPartitionService();
        while (!partitions.isClusterSafe()) {
            Thread.onSpinWait();
        }
        return member.getCluster()
                .getLocalMember()
                .equals(partitions.getPartition(key).getOwner());
    }

    private static void write(IMap<String, String> kv, String key) {
        while (true) {
            try {
                kv.set(key, "old");
            } catch (RuntimeException refused) {
                // As an application would, it tries again.
            }
        }
    }

    private static void say(Path file, List<String> lines) {
        try {
            Path written = Files.write(file.resolveSibling("written"), lines);
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
