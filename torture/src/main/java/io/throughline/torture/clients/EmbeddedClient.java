package io.throughline.torture.clients;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.throughline.mapstore.Throughline;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An application that is a member itself: does what it reads, tells the outcome, and leaves in order when its input ends. A
 * member that was fenced has ended its instance; the application then ends too, to be started again.
 */
public final class EmbeddedClient {

    private static final int THREADS = 16;
    private static final int FENCED = 1;

    private EmbeddedClient() {}

    /** @param arguments folder of the configuration, name of the map, port of the member, origin of the run's clock */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // for the log
        Path folder = Path.of(arguments[0]);
        Config config =
                Config.loadFromFile(new File(folder.toFile(), "hazelcast.yaml")).setInstanceName("embedded");
        config.getNetworkConfig().setPort(Integer.parseInt(arguments[2])).setPortAutoIncrement(false);
        HazelcastInstance member =
                Throughline.open(folder.resolve("throughline.yaml")).join(config);
        TimedCalls calls =
                new TimedCalls(new MapCalls(member.getMap(arguments[1])), new RunClock(Long.parseLong(arguments[3])));
        serve(member, calls, answers);
        if (!member.getLifecycleService().isRunning()) {
            System.exit(FENCED);
        }
        member.shutdown();
        System.exit(0);
    }

    private static void serve(HazelcastInstance member, TimedCalls calls, PrintStream answers)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        answers.println("{\"ready\": true}");
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            Wire.Request request = Wire.request(line);
            threads.execute(() -> {
                Answer answer = calls.perform(request.key(), request.asked());
                answers.println(Wire.response(new Wire.Response(request.id(), answer)));
                if (!member.getLifecycleService().isRunning()) {
                    System.exit(FENCED);
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.MINUTES);
    }
}
