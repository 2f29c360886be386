package io.throughline.bench.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.bench.loader.LoaderMain;
import io.throughline.bench.loader.LoaderSetup;
import io.throughline.bench.loader.ProofReport;
import io.throughline.bench.loader.StepOrder;
import io.throughline.bench.loader.StepReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The load generator's JVM, as this one talks to it: JSON, a line each way. For one thread. */
public final class LoaderProcess implements AutoCloseable {

    private static final String HEAP = "512m";
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

    /** A minute for some millions of keys. */
    private static final Duration PROVEN_WITHIN = Duration.ofMinutes(20);

    /** Beyond a step's length: its last answers are waited for. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final ChildJvm process;

    private LoaderProcess(ChildJvm process) {
        this.process = process;
    }

    /**
     * Returns when it has connected.
     *
     * @throws io.throughline.cli.CommandFailed if it ended instead or took too long, here and below
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
            loader.process.awaitLine("its start", STARTED_WITHIN);
            return loader;
        } catch (RuntimeException e) {
            loader.close();
            throw e;
        }
    }

    public StepReport run(StepOrder order) {
        process.send(written(order));
        Duration within = ANSWERED_WITHIN.plusMillis(order.millis());
        return read(process.awaitLine(order.workload().id(), within), StepReport.class);
    }

    /**
     * Has the keys put and read that {@link io.throughline.bench.loader.Workload#READ_CACHED} reads.
     *
     * @return milliseconds since the first of these puts began: members forget each some time after its put
     */
    public long remember() {
        process.send(LoaderMain.REMEMBER);
        return read(process.awaitLine("what is to be in memory", ANSWERED_WITHIN), Long.class);
    }

    /** Nothing can be run afterwards. */
    public ProofReport prove() {
        process.send(LoaderMain.PROVE);
        return read(process.awaitLine("the proof", PROVEN_WITHIN), ProofReport.class);
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
