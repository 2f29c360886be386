package io.throughline.bench.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.bench.loader.LoaderMain;
import io.throughline.bench.loader.LoaderSetup;
import io.throughline.bench.loader.ProofReport;
import io.throughline.bench.loader.StepOrder;
import io.throughline.bench.loader.StepReport;
import java.nio.file.Path;
import java.util.List;

/** The load generator's JVM, as this one talks to it: JSON, a line each way. For one thread. */
public final class LoaderProcess implements AutoCloseable {

    private static final String HEAP = "512m";

    private final ObjectMapper json = new ObjectMapper();
    private final ChildJvm process;

    private LoaderProcess(ChildJvm process) {
        this.process = process;
    }

    /**
     * Returns when it has connected.
     *
     * @throws io.throughline.cli.CommandFailed if it ended instead, here and below
     */
    public static LoaderProcess start(LoaderSetup setup, ClassPaths classPaths, Path folder) {
        LoaderProcess loader = new LoaderProcess(ChildJvm.start(
                PeerFlags.of(setup.peer()),
                classPaths.ofLoader(setup.peer()),
                HEAP,
                LoaderMain.class.getName(),
                List.of(),
                folder.resolve("load-" + setup.peer().id() + ".log")));
        try {
            loader.process.send(loader.written(setup));
            loader.process.awaitLine();
            return loader;
        } catch (RuntimeException e) {
            loader.close();
            throw e;
        }
    }

    public StepReport run(StepOrder order) {
        process.send(written(order));
        return read(process.awaitLine(), StepReport.class);
    }

    /** Nothing can be run afterwards. */
    public ProofReport prove() {
        process.send("");
        return read(process.awaitLine(), ProofReport.class);
    }

    private String written(Object order) {
        try {
            return json.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(order + " can't be written", e);
        }
    }

    private <T> T read(String line, Class<T> type) {
        try {
            return json.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the load generator said " + line, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
