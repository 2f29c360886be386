import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.client.ResilientGrid;
import io.throughline.client.ResilientMap;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Counts up shared counters with the resilient map, as test_two_languages.py does in Python, and prints how often:
 * {@code counted APPLIED UNKNOWN WENT-BACK}. Arguments: throughline.yaml, members, keys, seconds.
 */
public final class CountingClient {

    public static void main(String[] arguments) {
        List<String> keys = List.of(arguments[2].split(","));
        long seconds = Long.parseLong(arguments[3]);
        ClientConfig config = new ClientConfig().setClusterName("throughline");
        config.getNetworkConfig().addAddress(arguments[1].split(","));
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.client.heartbeat.interval", "1000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "8000");
        HazelcastInstance hazelcast = HazelcastClient.newHazelcastClient(config);
        try (ResilientGrid grid = ResilientGrid.open(hazelcast, Path.of(arguments[0]))) {
            ResilientMap<String> map = grid.map("kv");
            int applied = 0;
            int unknown = 0;
            int wentBack = 0;
            Random random = new Random();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end) {
                String key = keys.get(random.nextInt(keys.size()));
                try {
                    String found = map.get(key).value();
                    long next = Long.parseLong(found) + 1;
                    if (map.replace(key, found, Long.toString(next)).applied()) {
                        applied++;
                        if (Long.parseLong(map.get(key).value()) < next) {
                            wentBack++;
                        }
                    }
                } catch (UnknownOutcomeException e) {
                    unknown++;
                } catch (RefusedException e) {
                    // Nothing was counted.
                }
            }
            System.out.println("counted " + applied + " " + unknown + " " + wentBack);
        } finally {
            hazelcast.shutdown();
        }
    }
}
