package io.throughline.examples.plain;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.mapstore.Throughline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An application that is a member of the grid itself. Each line of its input is a question: {@code key=value} stores, {@code
 * key} reads. At the end of the input, and on SIGTERM, it leaves in order.
 */
public final class PlainApplication {

    private PlainApplication() {}

    /** @param arguments the folder with hazelcast.yaml and throughline.yaml */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Config config = Config.loadFromFile(folder.resolve("hazelcast.yaml").toFile());
        HazelcastInstance member =
                Throughline.open(folder.resolve("throughline.yaml")).join(config);
        // For SIGTERM: hazelcast.yaml switches Hazelcast's own hook off, as hooks run in no order.
        Runtime.getRuntime().addShutdownHook(new Thread(member::shutdown, "leave"));
        try {
            IMap<String, String> kv = member.getMap("kv");
            var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(answer(kv, question));
            }
        } finally {
            member.shutdown(); // hands its partitions over, and returns when it has
        }
    }

    private static String answer(IMap<String, String> kv, String question) {
        int equals = question.indexOf('=');
        if (equals < 0) {
            return String.valueOf(kv.get(question));
        }
        String key = question.substring(0, equals);
        kv.set(key, question.substring(equals + 1)); // on a quorum of the key's shard when it returns
        return "stored " + key;
    }
}
