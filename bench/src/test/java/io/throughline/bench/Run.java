package io.throughline.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.GridMain;
import io.throughline.cli.LocalGrid;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What {@code ./grid load} came to. */
record Run(int exitCode, String out, String err) {

    private static final String LOAD_IS_OVER = "The load is over";

    static Run load(LocalGrid grid, String... options) {
        return load(grid, () -> {}, options);
    }

    /** @param beforeTheProof runs when the load is over and no row has been read yet */
    static Run load(LocalGrid grid, Runnable beforeTheProof, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = GridMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err) {
                    @Override
                    public void println(String line) {
                        super.println(line);
                        if (line.startsWith(LOAD_IS_OVER)) {
                            beforeTheProof.run();
                        }
                    }
                });
        List<String> dir = List.of("load", "--dir", grid.directory().toString());
        int exitCode =
                command.execute(Stream.concat(dir.stream(), Stream.of(options)).toArray(String[]::new));
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** Of a run with {@code --json}. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + out + err, e);
        }
    }
}
