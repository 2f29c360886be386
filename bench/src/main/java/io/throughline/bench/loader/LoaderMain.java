package io.throughline.bench.loader;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.bench.peers.MainThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A load generator. It reads its setup as a line of JSON, then on each line a step, or one of the words below, and answers
 * each with a line of JSON. It ends with its standard input.
 */
public final class LoaderMain {

    /** Puts and gets what is to be in memory. */
    public static final String REMEMBER = "remember";

    /** The last order. */
    public static final String PROVE = "prove";

    private LoaderMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        MainThread.endsItsJvm();
        PrintStream answers = System.out;
        // Nothing but answers goes there.
        System.setOut(System.err);
        ObjectMapper json = new ObjectMapper();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Loader loader = new Loader(json.readValue(orders.readLine(), LoaderSetup.class))) {
            answers.println("{}");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                Object answer = switch (line) {
                    case REMEMBER -> loader.remember();
                    case PROVE -> loader.prove();
                    default -> loader.run(json.readValue(line, StepOrder.class));
                };
                answers.println(json.writeValueAsString(answer));
            }
        }
        // Hazelcast leaves threads behind for a while.
        System.exit(0);
    }
}
