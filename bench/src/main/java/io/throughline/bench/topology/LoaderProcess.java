package io.throughline.bench.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.bench.loader.LoaderMain;
import io.throughline.bench.loader.LoaderSetup;
import io.throughline.bench.loader.ProofReport;
import io.throughline.bench.loader.StepOrder;
import io.throughline.bench.loader.StepReport;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The load generator's JVM, as this one talks to it. For one thread. */
public final class LoaderProcess implements AutoCloseable {

    private static final String HEAP = "512m";

    private final ObjectMapper json = new ObjectMapper();
    private final ChildJvm process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private LoaderProcess(ChildJvm process) {
        this.process = process;
        this.answers = process.process().inputReader(StandardCharsets.UTF_8);
        this.orders = process.process().outputWriter(StandardCharsets.UTF_8);
    }

    /** Returns when it has connected. */
    public static LoaderProcess start(LoaderSetup setup, Path folder) {
        ChildJvm jvm = ChildJvm.start(
                ClassPaths.own(),
                HEAP,
                LoaderMain.class.getName(),
                List.of(),
                folder.resolve("load-" + setup.peer().id() + ".log"),
                true);
        LoaderProcess loader = new LoaderProcess(jvm);
        try {
            loader.ask(loader.json.writeValueAsString(setup));
            return loader;
        } catch (IOException | RuntimeException e) {
            loader.close();
            throw loader.failed(e);
        }
    }

    public StepReport run(StepOrder order) {
        try {
            return json.readValue(ask(json.writeValueAsString(order)), StepReport.class);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Nothing can be run afterwards. */
    public ProofReport prove() {
        try {
            return json.readValue(ask(""), ProofReport.class);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private String ask(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("it ended");
        }
        return answer;
    }

    private CommandFailed failed(Exception cause) {
        return new CommandFailed(
                ExitCode.FAILED, "The load generator failed: " + cause.getMessage() + "; see " + process.log(), cause);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
