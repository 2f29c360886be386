package io.throughline.bench.loader;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A load generator. It reads its setup as a line of JSON, then a step on each line, and answers each with a line of JSON;
 * the first empty line asks for the proof. It ends with its standard input.
 */
public final class LoaderMain {

    private LoaderMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream answers = System.out;
        // Nothing but answers goes there.
        System.setOut(System.err);
        ObjectMapper json = new ObjectMapper();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Loader loader = new Loader(json.readValue(orders.readLine(), LoaderSetup.class))) {
            answers.println("{}");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                Object answer = line.isEmpty() ? loader.prove() : loader.run(json.readValue(line, StepOrder.class));
                answers.println(json.writeValueAsString(answer));
            }
        }
        // Hazelcast leaves threads behind for a while.
        System.exit(0);
    }
}
